import { type Service, services } from '@bellwether/contracts';
import { Duration, type Stack } from 'aws-cdk-lib';
import { type IVpcLink, VpcLink } from 'aws-cdk-lib/aws-apigateway';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  type INetworkLoadBalancer,
  type NetworkListener,
  NetworkLoadBalancer,
  NetworkTargetGroup,
  Protocol,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { Backends } from '../api/add-rest-api.ts';
import type { Network } from '../network/add-network.ts';
import { containerPort, portOf } from './ports.ts';

export interface FrontDoor {
  readonly backends: Backends;
  /** where the tasks of a service are entered, and the listener that must stand before they are */
  readonly entrances: Readonly<
    Record<Service, { readonly targets: NetworkTargetGroup; readonly listener: NetworkListener }>
  >;
}

/** One internal balancer with a port for each service: what the link of API Gateway leads to. */
export function addFrontDoor(stack: Stack, network: Network): FrontDoor {
  const scope = new Construct(stack, 'FrontDoor');
  const balancer = new NetworkLoadBalancer(scope, 'Balancer', {
    vpc: network.vpc as IVpc,
    internetFacing: false,
    crossZoneEnabled: true,
    securityGroups: [network.balancer as ISecurityGroup],
    // A REST API's link cannot be named in a rule. Its requests alone pass without one.
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: false,
  });
  const entrance = (service: Service) => {
    const targets = new NetworkTargetGroup(scope, `${service}Targets`, {
      vpc: network.vpc as IVpc,
      port: containerPort,
      protocol: Protocol.TCP,
      targetType: TargetType.IP,
      // API Gateway cuts requests at 29 s.
      deregistrationDelay: Duration.seconds(30),
      // Not /readyz: while the database is away it refuses everywhere, and ECS would replace task after task.
      healthCheck: {
        protocol: Protocol.HTTP,
        path: '/healthz',
        interval: Duration.seconds(10),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });
    const listener = balancer.addListener(`${service}Listener`, {
      port: portOf(service),
      defaultTargetGroups: [targets],
    });
    return [service, { targets, listener }] as const;
  };
  const vpcLink = new VpcLink(scope, 'Link', {
    vpcLinkName: 'bellwether',
    targets: [balancer as INetworkLoadBalancer],
  }) as IVpcLink;
  return {
    backends: { vpcLink, url: (service) => `http://${balancer.loadBalancerDnsName}:${portOf(service)}` },
    entrances: Object.fromEntries(services.map(entrance)) as unknown as FrontDoor['entrances'],
  };
}
