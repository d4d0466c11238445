import { type Service, services } from '@bellwether/contracts';

/** Where each service listens inside its container. */
export const containerPort = 8080;

/** Under which port each service is reached from outside: 8081 to 8085, in the order in which data pass through them. */
export function portOf(service: Service): number {
  return 8081 + services.indexOf(service);
}
