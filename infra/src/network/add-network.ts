import type { Stack } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type ISecurityGroup,
  type IVpc,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { containerPort } from '../services/ports.ts';

export interface Network {
  readonly vpc: Vpc;
  readonly balancer: SecurityGroup;
  readonly services: SecurityGroup;
  readonly database: SecurityGroup;
}

const mysqlPort = 3306;

/**
 * Three kinds of subnets in two zones: public ones for the way out alone, private ones for the services, and isolated
 * ones for the database, which nothing leads out of. Objects take S3's gateway endpoint, which costs nothing.
 *
 * @param natGateways one, or one a zone to survive the loss of the other
 */
export function addNetwork(stack: Stack, { natGateways }: { readonly natGateways: number }): Network {
  const scope = new Construct(stack, 'Network');
  const vpc = new Vpc(scope, 'Vpc', {
    ipAddresses: IpAddresses.cidr('10.40.0.0/16'),
    maxAzs: 2,
    natGateways,
    subnetConfiguration: [
      { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
      { name: 'Services', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
      { name: 'Database', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
    ],
    gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
  });
  const group = (id: string, description: string, allowAllOutbound: boolean) =>
    new SecurityGroup(scope, id, { vpc: vpc as IVpc, description, allowAllOutbound });

  // Nothing of the network may call the balancer: the link of API Gateway comes past its inbound rules.
  const balancer = group('Balancer', 'Bellwether balancer: API Gateway alone', false);
  const services = group('ServiceTasks', 'Bellwether services', true);
  const database = group('DatabaseAccess', 'Bellwether database: the services alone', false);
  services.addIngressRule(balancer as ISecurityGroup, Port.tcp(containerPort), 'requests and health checks');
  balancer.addEgressRule(services as ISecurityGroup, Port.tcp(containerPort), 'requests and health checks');
  database.addIngressRule(services as ISecurityGroup, Port.tcp(mysqlPort), 'queries');
  return { vpc, balancer, services, database };
}
