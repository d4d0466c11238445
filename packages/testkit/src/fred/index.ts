export * from '@bellwether/fred-sample';
