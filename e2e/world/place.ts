/**
 * An organisation of a test's own, with its people. The API makes no organisations and no people yet, so these rows
 * are written as the installation's own first start writes them; everything else goes through the API.
 */
import type { Sql } from 'postgres';
import { hashToken, newToken } from '@/server/engine/auth/token-secret';
import { PERMISSIONS } from '@/server/engine/context/context';
import { hashPassword } from '@/server/lib/password';
import { uuidV4 } from '@/server/lib/uuid';
import type { Fleet, MqttConnection, Project, RegisteredDevice } from '@/server/contract/fleet';
import type { LineageDetail, ReviewDetail, SchemaReview } from '@/server/contract/governance';
import { Api } from './api';
import type { Installation } from './installation';

export type PersonRole = 'viewer' | 'operator' | 'admin' | 'owner';

export interface Person {
  userId: string;
  name: string;
  email: string;
  password: string;
  /** A personal API token with every scope. */
  token: string;
  api: Api;
}

export interface RegisteredTestDevice {
  id: string;
  name: string;
  mqtt: MqttConnection;
}

const PASSWORD = 'correct horse battery staple';
let passwordHash: Promise<string> | undefined;

async function addPerson(sql: Sql, url: string, orgId: string, role: PersonRole): Promise<Person> {
  const userId = uuidV4();
  const name = `${role[0]?.toUpperCase() ?? ''}${role.slice(1)} ${userId.slice(0, 4)}`;
  const email = `${role}-${userId.slice(0, 8)}@example.test`;
  const token = newToken();
  passwordHash ??= hashPassword(PASSWORD);
  await sql`
    insert into tidegate.app_user (id, email, name, password_hash)
    values (${userId}, ${email}, ${name}, ${await passwordHash})`;
  await sql`insert into tidegate.membership (user_id, org_id, role) values (${userId}, ${orgId}, ${role})`;
  await sql`
    insert into tidegate.api_token (id, user_id, name, token_hash, scopes)
    values (${uuidV4()}, ${userId}, 'test', ${hashToken(token)}, ${[...PERMISSIONS]})`;
  return { userId, name, email, password: PASSWORD, token, api: new Api(url, token) };
}

export class Place {
  private constructor(
    private readonly sql: Sql,
    private readonly installation: Installation,
    readonly orgId: string,
    readonly project: Project,
    readonly fleet: Fleet,
    private readonly owner: Person,
  ) {}

  static async make(sql: Sql, installation: Installation): Promise<Place> {
    const orgId = uuidV4();
    const slug = `e2e-${orgId.slice(0, 8)}`;
    await sql`insert into tidegate.org (id, name) values (${orgId}, ${slug})`;
    const owner = await addPerson(sql, installation.url, orgId, 'owner');
    const project = await owner.api.data<Project>('POST', '/projects', { name: 'Plant', topic_slug: slug });
    const fleet = await owner.api.data<Fleet>('POST', `/projects/${project.id}/fleets`, { name: 'Pumps' });
    return new Place(sql, installation, orgId, project, fleet, owner);
  }

  person(role: PersonRole): Promise<Person> {
    return addPerson(this.sql, this.installation.url, this.orgId, role);
  }

  /** The data of a call below this project, as its owner. */
  data<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.owner.api.data<T>(method, `/projects/${this.project.id}/${path}`, body);
  }

  async register(name: string, fleetId = this.fleet.id): Promise<RegisteredTestDevice> {
    const { device, mqtt } = await this.data<RegisteredDevice>('POST', `fleets/${fleetId}/devices`, { name });
    return { id: device.id, name: device.name, mqtt };
  }

  reviews(): Promise<SchemaReview[]> {
    return this.data('GET', 'edge/schema-reviews');
  }

  review(id: string): Promise<ReviewDetail> {
    return this.data('GET', `edge/schema-reviews/${id}`);
  }

  lineage(id: string): Promise<LineageDetail> {
    return this.data('GET', `edge/lineages/${id}`);
  }

  /** Claims and approves as a script does, `mirror` for every column. */
  async approve(reviewId: string): Promise<void> {
    const path = `edge/schema-reviews/${reviewId}`;
    const { action_version, columns } = await this.review(reviewId);
    const claimed = await this.data<SchemaReview>('POST', `${path}/claim`, { action_version });
    const column_actions = columns.map(({ name }) => ({ source_column_name: name, action: 'mirror' }));
    await this.data('POST', `${path}/approve`, { action_version: claimed.action_version, column_actions });
  }
}
