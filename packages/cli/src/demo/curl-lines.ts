/** What to try on the demo's server, as it works when pasted. */
export function curlLines(url: string): string {
  const json = `-H 'content-type: application/json'`;
  return `
The platform stays up at ${url} until Ctrl-C. Try:

  curl -s ${url}/v1/models/iris/predictions ${json} -d '{"instances": [[6.5, 2.8, 4.6, 1.5]]}'
  curl -s ${url}/v1/models/orders/versions
  curl -s '${url}/search?search_text=unemployment'
  curl -s '${url}/v1/requests?limit=5'
  API documentation: ${url}/docs
`;
}
