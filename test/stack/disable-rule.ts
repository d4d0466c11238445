/**
 * Disables a rule of EventBridge on LocalStack, which takes any signature and reads from it which service is meant.
 *
 * @throws with LocalStack's answer when it refuses
 */
export async function disableRule(endpoint: string, name: string): Promise<void> {
  const credential = 'Credential=test/20260101/us-east-1/events/aws4_request';
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AWSEvents.DisableRule',
      Authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify({ Name: name }),
  });
  if (!response.ok) throw new Error(`the rule ${name} cannot be disabled: ${await response.text()}`);
}
