import { Duration, Fn, RemovalPolicy, SecretValue, type Stack } from 'aws-cdk-lib';
import {
  InstanceClass,
  InstanceSize,
  InstanceType,
  type ISecurityGroup,
  type IVpc,
  SubnetType,
} from 'aws-cdk-lib/aws-ec2';
import {
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  MysqlEngineVersion,
  ParameterGroup,
  StorageType,
} from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Network } from '../network/add-network.ts';

export interface DatabaseResources {
  readonly instance: DatabaseInstance;
  /** DATABASE_URL of the services, password and all */
  readonly url: Secret;
}

const databaseName = 'bellwether';

/** The one database: MySQL 8.4 where only services reach it, encrypted on disk and on the way, kept with its stack. */
export function addDatabase(
  stack: Stack,
  network: Network,
  { multiAz }: { readonly multiAz: boolean },
): DatabaseResources {
  const scope = new Construct(stack, 'Database');
  const engine = DatabaseInstanceEngine.mysql({ version: MysqlEngineVersion.VER_8_4_10 });
  const instance = new DatabaseInstance(scope, 'Instance', {
    engine,
    vpc: network.vpc as IVpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [network.database as ISecurityGroup],
    instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MEDIUM),
    multiAz,
    databaseName,
    // A URL holds the password: nothing in it may need escaping there.
    credentials: Credentials.fromGeneratedSecret('bellwether', {
      excludeCharacters: '!"#$%&\'()*+,/:;<=>?@[\\]^`{|}~ ',
    }),
    parameterGroup: new ParameterGroup(scope, 'Parameters', {
      engine,
      description: 'Bellwether: no connection without TLS',
      parameters: { require_secure_transport: '1', character_set_server: 'utf8mb4', collation_server: 'utf8mb4_bin' },
    }),
    storageType: StorageType.GP3,
    allocatedStorage: 20,
    maxAllocatedStorage: 200,
    storageEncrypted: true,
    backupRetention: Duration.days(14),
    copyTagsToSnapshot: true,
    autoMinorVersionUpgrade: true,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.SNAPSHOT,
    cloudwatchLogsExports: ['error'],
  });
  return { instance, url: addUrl(scope, instance) };
}

/** The URL is a secret of its own: services read one variable, and the template holds a reference and no password. */
function addUrl(scope: Construct, instance: DatabaseInstance): Secret {
  const password = instance.secret?.secretValueFromJson('password').unsafeUnwrap();
  const url = Fn.join('', [
    `mysql://bellwether:${password}@`,
    instance.dbInstanceEndpointAddress,
    `:3306/${databaseName}?ssl=`,
    // The client's own list of RDS's authorities.
    encodeURIComponent('Amazon RDS'),
  ]);
  return new Secret(scope, 'Url', {
    description: 'DATABASE_URL of the Bellwether services',
    secretStringValue: SecretValue.unsafePlainText(url),
  });
}
