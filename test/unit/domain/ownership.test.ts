import { describe, expect, it } from 'vitest';
import { controllerOf } from '../../../src/domain/ownership.js';

describe('who may revert a change', () => {
  it('is told by the tags of Auto Scaling and of Kubernetes', () => {
    expect([
      controllerOf([{ key: 'env', value: 'prod' }, { key: 'acs:autoscaling:scalingGroupId', value: 'asg-1' }]),
      controllerOf([{ key: 'ack.aliyun.com', value: 'c1' }]),
      controllerOf([{ key: 'ack.aliyun.com', value: '' }]),
    ]).toEqual([
      { controller: 'autoScaling', name: 'asg-1' },
      { controller: 'kubernetes', name: 'c1' },
      { controller: 'kubernetes', name: '' },
    ]);
  });

  it('is the scaling group where both own the resource', () => {
    expect(controllerOf([{ key: 'ack.aliyun.com', value: 'c1' }, { key: 'acs:autoscaling:scalingGroupId', value: 'asg-1' }])).toEqual({ controller: 'autoScaling', name: 'asg-1' });
  });

  it('is nobody without such a tag', () => {
    expect([controllerOf([]), controllerOf([{ key: 'ACK.aliyun.com', value: 'c1' }]), controllerOf([{ key: 'name', value: 'ack.aliyun.com' }])]).toEqual([undefined, undefined, undefined]);
  });
});
