import { describe, expect, it } from 'vitest';
import type { CaptureSettings } from '../mesh/types.ts';
import { captureInbound, captureOutbound, type OutboundConnection } from './capture.ts';
import { cidrContains, parseIpv4 } from './cidr.ts';

const defaults: CaptureSettings = {
  includeInboundPorts: '*',
  excludeInboundPorts: [],
  includeOutboundPorts: [],
  excludeOutboundPorts: [],
  includeOutboundIPRanges: '*',
  excludeOutboundIPRanges: [],
};

describe('a prefix contains an address', () => {
  it.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.4', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['192.168.1.128/25', '192.168.1.127', false],
    ['192.168.1.128/25', '192.168.1.200', true],
    ['not an address', '10.0.0.1', false],
    ['10.0.0.0/33', '10.0.0.1', false],
  ])('%s contains %s: %s', (cidr, address, expected) => {
    expect(cidrContains(cidr, address)).toBe(expected);
  });

  it.each(['256.0.0.1', '1.2.3', '1.2.3.4.5', 'a.b.c.d', ''])('%s is no address', (text) => {
    expect(parseIpv4(text)).toBeUndefined();
  });
});

describe('outbound capture, first rule wins', () => {
  const app: OutboundConnection = {
    destinationIp: '10.96.0.10',
    destinationPort: 80,
    byProxy: false,
    loopback: false,
    sourceIp: '10.244.1.5',
  };
  const own = { destinationIp: '10.244.1.5', loopback: true };
  it.each<[string, Partial<OutboundConnection>, Partial<CaptureSettings>, string, number | undefined]>([
    ['the application to a service', {}, {}, 'O9', 15001],
    ['an excluded port', {}, { excludeOutboundPorts: [80] }, 'O1', undefined],
    ['Envoy to its application', { ...own, byProxy: true, sourceIp: '127.0.0.6' }, {}, 'O2', undefined],
    ['Envoy to its own pod', { ...own, byProxy: true }, {}, 'O3', 15006],
    ['Envoy to the tunnel port of its own pod', { ...own, byProxy: true, destinationPort: 15008 }, {}, 'O5', undefined],
    ['the application to its own pod', own, {}, 'O4', undefined],
    ['the application to localhost', { destinationIp: '127.0.0.1', loopback: true }, {}, 'O4', undefined],
    ['Envoy to the network', { byProxy: true }, {}, 'O5', undefined],
    ['an excluded range', {}, { excludeOutboundIPRanges: ['10.96.0.0/16'] }, 'O7', undefined],
    [
      'an included port outside the included ranges',
      {},
      { includeOutboundPorts: [80], includeOutboundIPRanges: ['172.16.0.0/12'] },
      'O8',
      15001,
    ],
    ['outside the included ranges', {}, { includeOutboundIPRanges: ['172.16.0.0/12'] }, 'O9-not-included', undefined],
  ])('%s', (_name, connection, settings, rule, toPort) => {
    const decision = captureOutbound({ ...defaults, ...settings }, { ...app, ...connection });
    expect(decision.rule).toBe(rule);
    expect(decision.toPort).toBe(toPort);
  });
});

describe('inbound capture', () => {
  it.each<[string, number, Partial<CaptureSettings>, number | undefined]>([
    ['an ordinary port', 8080, {}, 15006],
    ['the tunnel port', 15008, {}, undefined],
    ['the agent health port', 15021, {}, undefined],
    ['an excluded port', 8080, { excludeInboundPorts: [8080] }, undefined],
    ['nothing included', 8080, { includeInboundPorts: [] }, undefined],
    ['an included port, though excluded', 8080, { includeInboundPorts: [8080], excludeInboundPorts: [8080] }, 15006],
  ])('%s', (_name, port, settings, toPort) => {
    expect(captureInbound({ ...defaults, ...settings }, port).toPort).toBe(toPort);
  });
});
