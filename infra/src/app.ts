import { App, type AppProps } from 'aws-cdk-lib';

/** An app whose templates are checked against AWS's own rules as they are written; a broken one is an error. */
export function openApp(props: AppProps = {}): App {
  return new App({
    ...props,
    // Nothing of an installation is reported to anybody.
    analyticsReporting: false,
    postCliContext: { '@aws-cdk/core:validateAgainstDefaultRules': true },
  });
}
