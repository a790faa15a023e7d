import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../../src/domain/change.js';
import { COPY_FORMAT_NAME, COPY_FORMATS, copyAs, type CopyFormat } from '../../../src/present/copyAs.js';
import { suggestsOos } from '../../../src/present/copyAs/oos.js';
import { endpointParts, type CopyRequest } from '../../../src/present/copyAs/request.js';
import { hostileId, hostileSteps } from '../support/hostileIds.js';

const regionId = 'cn-hangzhou';
const join = (id: string, securityGroupId = 'sg-1'): Step => ({ ref: { kind: 'instance', id }, change: { kind: 'join', securityGroupId } });
const leave = (id: string): Step => ({ ref: { kind: 'instance', id }, change: { kind: 'leave', securityGroupId: 'sg-1' } });
const replace = (id: string, after: readonly string[] = ['sg-2', 'sg-3']): Step => ({ ref: { kind: 'instance', id }, change: { kind: 'replace', before: ['sg-1'], after } });
const ofInterface = ({ change }: Step): Step => ({ ref: { kind: 'networkInterface', id: 'eni-1' }, change });

function request(steps: readonly Step[], more: Partial<CopyRequest> = {}): CopyRequest {
  return { kind: steps[0]?.change.kind ?? 'join', regionId, steps, ...more };
}
function textOf(format: CopyFormat, asked: CopyRequest): string {
  const copied = copyAs(asked, format);
  if ('reason' in copied) throw new Error(copied.reason.en);
  return copied.text;
}
function reasonOf(format: CopyFormat, asked: CopyRequest): string | undefined {
  const copied = copyAs(asked, format);
  return 'reason' in copied ? copied.reason.en : undefined;
}

describe('the formats', () => {
  it('have a name in both languages', () => {
    expect(COPY_FORMATS.map((format) => COPY_FORMAT_NAME[format])).toEqual([
      { en: 'aliyun CLI', zh: '阿里云 CLI' },
      { en: 'Terraform', zh: 'Terraform' },
      { en: 'TypeScript SDK', zh: 'TypeScript SDK' },
      { en: 'OOS (CloudOps Orchestration Service)', zh: 'OOS（系统运维管理）' },
    ]);
  });

  it.each(COPY_FORMATS)('refuse what cannot be said in any of them: %s', (format) => {
    expect([
      reasonOf(format, request([])),
      reasonOf(format, request([join('i-1')], { regionId: 'evil.example/x?' })),
      reasonOf(format, request([join('i-1', '')])),
      reasonOf(format, request([join('i-\0')])),
      reasonOf(format, request([join('i-1', 'sg-\ud800')])),
      reasonOf(format, request([replace('i-1', [])])),
    ]).toEqual([
      'There is no change to copy.',
      "The region id has characters that no region's id has.",
      'An id is empty.',
      "An id has characters that can't be written down as text: a null character, or half of one.",
      "An id has characters that can't be written down as text: a null character, or half of one.",
      'A list of security groups is empty, but at least one group must remain.',
    ]);
  });

  it('hold nothing invisible and no control character but line breaks, whatever the ids are', () => {
    fc.assert(
      fc.property(hostileSteps(6), (steps) => {
        for (const format of COPY_FORMATS) {
          const copied = copyAs(request(steps), format);
          if ('text' in copied) expect(copied.text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('an endpoint', () => {
  it.each([
    ['https://ecs.example.com', { scheme: 'https', host: 'ecs.example.com' }],
    ['HTTP://127.0.0.1:8080/', { scheme: 'http', host: '127.0.0.1:8080' }],
    ['ecs.example.com', { scheme: 'https', host: 'ecs.example.com' }],
    ['http://[::1]:80', { scheme: 'http', host: '[::1]:80' }],
    [' ', undefined],
    [undefined, undefined],
  ])('has a scheme and a host: %s', (endpoint, parts) => {
    expect(endpointParts(endpoint)).toEqual(parts);
  });
});

describe('the aliyun CLI', () => {
  it('gets one command for each step, in order, with the parameters of its operation', () => {
    const steps = [join('i-1'), ofInterface(join('')), leave('i-1'), ofInterface(leave('')), replace('i-1'), ofInterface(replace(''))];
    expect(textOf('cli', request(steps)).split('\n')).toEqual([
      '# i-1 joins sg-1',
      "aliyun ecs JoinSecurityGroup --region 'cn-hangzhou' --RegionId 'cn-hangzhou' --InstanceId 'i-1' --SecurityGroupId 'sg-1'",
      '# eni-1 joins sg-1',
      "aliyun ecs JoinSecurityGroup --region 'cn-hangzhou' --RegionId 'cn-hangzhou' --NetworkInterfaceId 'eni-1' --SecurityGroupId 'sg-1'",
      '# i-1 leaves sg-1',
      "aliyun ecs LeaveSecurityGroup --region 'cn-hangzhou' --RegionId 'cn-hangzhou' --InstanceId 'i-1' --SecurityGroupId 'sg-1'",
      '# eni-1 leaves sg-1',
      "aliyun ecs LeaveSecurityGroup --region 'cn-hangzhou' --RegionId 'cn-hangzhou' --NetworkInterfaceId 'eni-1' --SecurityGroupId 'sg-1'",
      '# i-1 is in exactly these groups from then on: sg-2, sg-3',
      "aliyun ecs ModifyInstanceAttribute --region 'cn-hangzhou' --InstanceId 'i-1' --SecurityGroupIds.1 'sg-2' --SecurityGroupIds.2 'sg-3'",
      '# eni-1 is in exactly these groups from then on: sg-2, sg-3',
      "aliyun ecs ModifyNetworkInterfaceAttribute --region 'cn-hangzhou' --RegionId 'cn-hangzhou' --NetworkInterfaceId 'eni-1' --SecurityGroupId.1 'sg-2' --SecurityGroupId.2 'sg-3'",
      '',
    ]);
  });

  it.each([
    ['https://ecs.example.com', "--endpoint 'ecs.example.com' --RegionId"],
    ['http://127.0.0.1:8080', "--endpoint '127.0.0.1:8080' --insecure --RegionId"],
    ['', "--region 'cn-hangzhou' --RegionId"],
  ])('is told of an endpoint: %s', (endpoint, part) => {
    expect(textOf('cli', request([join('i-1')], { endpoint }))).toContain(part);
  });

  it('spells out what a terminal would act on while it is pasted', () => {
    expect(textOf('cli', request([leave('a\u0003b\u202ec')]))).toContain(`--InstanceId 'a'"$(printf '\\003')"'b'"$(printf '\\342\\200\\256')"'c' `);
  });

  it('gets comments that mean nothing to a shell that runs them, whatever the ids are', () => {
    fc.assert(
      fc.property(hostileId, hostileId, (id, group) => {
        for (const step of [join(id, group), replace(id, [group, group])]) expect(textOf('cli', request([step])).split('\n')[0]).toMatch(/^# [\w .,:-]*$/);
      }),
      { numRuns: 200 },
    );
  });
});

/** What the reader of JSON configuration would still take for a template, undone: the value as Terraform sees it. */
function values(json: unknown): unknown {
  if (typeof json === 'string') return json.replaceAll('$${', '${').replaceAll('%%{', '%{');
  if (Array.isArray(json)) return json.map(values);
  if (typeof json === 'object' && json !== null) return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, values(value)]));
  return json;
}
async function parsed(text: string): Promise<unknown> {
  const json: unknown = await parse('copied.tf', text);
  return values(json);
}

describe('Terraform', () => {
  it('gets an attachment for each instance and group', () => {
    expect(textOf('terraform', request([join('i-1'), join('i-2', 'sg-2')]))).toBe(`# For the provider aliyun/alicloud, 1.287.0 or newer, in cn-hangzhou; the import blocks need Terraform 1.5.

# i-1 joins sg-1.
resource "alicloud_ecs_security_group_attachment" "member_i-1_in_sg-1" {
  instance_id       = "i-1"
  security_group_id = "sg-1"
}

# i-2 joins sg-2.
resource "alicloud_ecs_security_group_attachment" "member_i-2_in_sg-2" {
  instance_id       = "i-2"
  security_group_id = "sg-2"
}
`);
  });

  it('is told how to take over what is done already', async () => {
    const text = textOf('terraform', request([join('i-1')], { done: true }));
    expect(text).toContain(`# Done already: to take over what is there, remove the marks of this comment before the first apply.
# import {
#   to = alicloud_ecs_security_group_attachment.member_i-1_in_sg-1
#   id = "i-1:sg-1"
# }
resource "alicloud_ecs_security_group_attachment" "member_i-1_in_sg-1" {`);
    expect(await parsed(text.replace(/^# (?=import| {2}|\})/gm, ''))).toEqual({
      import: [{ id: 'i-1:sg-1', to: '${alicloud_ecs_security_group_attachment.member_i-1_in_sg-1}' }],
      resource: { alicloud_ecs_security_group_attachment: { 'member_i-1_in_sg-1': [{ instance_id: 'i-1', security_group_id: 'sg-1' }] } },
    });
  });

  it('gets the whole list for a replacement, with an import, so that it never creates anything', async () => {
    expect(await parsed(textOf('terraform', request([replace('i-1'), ofInterface(replace(''))])))).toEqual({
      import: [
        { id: 'i-1', to: '${alicloud_instance.groups_of_i-1}' },
        { id: 'eni-1', to: '${alicloud_ecs_network_interface.groups_of_eni-1}' },
      ],
      resource: {
        alicloud_instance: { 'groups_of_i-1': [{ security_groups: ['sg-2', 'sg-3'] }] },
        alicloud_ecs_network_interface: { 'groups_of_eni-1': [{ security_group_ids: ['sg-2', 'sg-3'] }] },
      },
    });
  });

  it('gets one resource where several steps end in one: the last', async () => {
    expect(await parsed(textOf('terraform', request([replace('i-1', ['sg-2']), replace('i-1', ['sg-3'])])))).toMatchObject({
      resource: { alicloud_instance: { 'groups_of_i-1': [{ security_groups: ['sg-3'] }] } },
    });
  });

  it('refuses what it cannot describe: a leave, and the join of an interface', () => {
    expect([reasonOf('terraform', request([leave('i-1')])), reasonOf('terraform', request([join('i-1'), ofInterface(join(''))]))]).toEqual([
      expect.stringContaining("can't say that a membership ends"),
      expect.stringContaining("can't add one security group to a network interface"),
    ]);
  });

  it('names a resource after its ids alone, and never two of them alike', () => {
    const names = (steps: readonly Step[]) => textOf('terraform', request(steps)).match(/(?<=^resource "\w+" ")[^"]*/gm) ?? [];
    expect(names([join('i_1'), join('i 1'), join('i-1_in_sg', 'sg-1'), join('i-1', 'sg_in_sg-1'), join('😀')])).toEqual([
      'member_i_00005F1_in_sg-1',
      'member_i_0000201_in_sg-1',
      'member_i-1_00005Fin_00005Fsg_in_sg-1',
      'member_i-1_in_sg_00005Fin_00005Fsg-1',
      'member__01F600_in_sg-1',
    ]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(hostileId, hostileId), { minLength: 2, maxLength: 5, selector: (pair) => JSON.stringify(pair) }), (pairs) => {
        const all = pairs.map(([id, group]) => names([join(id, group)])[0]);
        expect(new Set(all).size).toBe(pairs.length);
        for (const name of all) expect(name).toMatch(/^[A-Za-z][\w-]*$/);
      }),
      { numRuns: 100 },
    );
  });

  it('reads back exactly the ids, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(hostileId, fc.array(hostileId, { minLength: 1, maxLength: 3 }), fc.boolean(), async (id, groups, done) => {
        const steps = [...groups.map((group) => join(id, group)), replace(id, groups)];
        const read = (await parsed(textOf('terraform', request(steps, { done })))) as { readonly resource: Record<string, Record<string, readonly unknown[]>> };
        const blocks = Object.values(read.resource).flatMap((named) => Object.values(named).flat());
        const nfc = (text: string) => text.normalize('NFC');
        expect(blocks).toHaveLength(new Set(groups).size + 1);
        expect(blocks).toEqual(expect.arrayContaining([{ security_groups: groups.map(nfc) }, ...groups.map((group) => ({ instance_id: nfc(id), security_group_id: nfc(group) }))]));
      }),
      { numRuns: 100 },
    );
  });
});

describe('OOS', () => {
  it('is offered by itself above 50 targets', () => {
    expect([0, 50, 51].map(suggestsOos)).toEqual([false, false, true]);
  });

  it('gets one execution of the public template for all instances, each once', () => {
    expect(textOf('oos', request([join('i-1'), join('i-2'), join('i-1')]))).toBe(
      `# 2 instances join sg-1
aliyun oos StartExecution --region 'cn-hangzhou' --TemplateName 'ACS-ECS-JoinSecurityGroupToMultipleInstance' --Parameters '{"regionId":"cn-hangzhou","targets":{"Type":"ResourceIds","RegionId":"cn-hangzhou","ResourceIds":["i-1","i-2"]},"securityGroupId":"sg-1","OOSAssumeRole":""}'
`,
    );
  });

  it('takes an endpoint of the cloud, which is that of ECS only', () => {
    expect(textOf('oos', request([join('i-1')], { endpoint: 'https://ecs-vpc.cn-hangzhou.aliyuncs.com' }))).toBe(textOf('oos', request([join('i-1')])));
  });

  it('refuses what the template cannot do', () => {
    const refused = [
      request([leave('i-1')]),
      request([replace('i-1')], { kind: 'join' }),
      request([ofInterface(join(''))]),
      request([join('i-1'), join('i-1', 'sg-2')]),
      request([join('i-1')], { endpoint: 'http://127.0.0.1:8080' }),
      request([join('i-{{ ACS::RegionId }}')]),
    ];
    expect(refused.map((asked) => reasonOf('oos', asked)?.split(/[.,] /)[0])).toEqual([
      'The public OOS template only adds instances to a security group',
      'The public OOS template only adds instances to a security group',
      'The public OOS template takes instances',
      'The public OOS template takes one security group at a time',
      'The endpoint is on this machine',
      'An id contains "{{"',
    ]);
  });
});

describe('the TypeScript program', () => {
  const program = (asked: CopyRequest) => textOf('sdk', asked);

  it('makes each request with the fields of its operation', () => {
    const steps = [join('i-1'), ofInterface(leave('')), replace('i-1'), ofInterface(replace(''))];
    expect(program(request(steps)).match(/(?<=send: \(\) => ).*(?=,$)/gm)).toEqual([
      'client.joinSecurityGroup(new JoinSecurityGroupRequest({ regionId: "cn-hangzhou", instanceId: "i-1", securityGroupId: "sg-1" }))',
      'client.leaveSecurityGroup(new LeaveSecurityGroupRequest({ regionId: "cn-hangzhou", networkInterfaceId: "eni-1", securityGroupId: "sg-1" }))',
      'client.modifyInstanceAttribute(new ModifyInstanceAttributeRequest({ instanceId: "i-1", securityGroupIds: ["sg-2","sg-3"] }))',
      'client.modifyNetworkInterfaceAttribute(new ModifyNetworkInterfaceAttributeRequest({ regionId: "cn-hangzhou", networkInterfaceId: "eni-1", securityGroupId: ["sg-2","sg-3"] }))',
    ]);
  });

  it('says where keys and another endpoint come from, and what a replacement risks', () => {
    expect(program(request([join('i-1')]))).toContain('ALIBABA_CLOUD_ECS_ENDPOINT names another endpoint');
    expect(program(request([join('i-1')]))).not.toContain('is lost');
    expect(program(request([replace('i-1')]))).toContain('what somebody else has added meanwhile is lost');
  });

  it('uses the endpoint of the setting unless the environment names another', () => {
    expect(program(request([join('i-1')], { endpoint: 'http://127.0.0.1:8080/' }))).toContain(`process.env['ALIBABA_CLOUD_ECS_ENDPOINT'] ?? "http://127.0.0.1:8080"`);
  });

  it('has no line that an id has broken', () => {
    fc.assert(
      fc.property(hostileId, hostileId, (id, group) => {
        expect(program(request([join(id, group)])).split('\n')).toHaveLength(program(request([join('i-1')])).split('\n').length);
      }),
      { numRuns: 100 },
    );
  });
});
