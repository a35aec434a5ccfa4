/** A response as a connection manager hands it downstream: its own headers on it, those of one connection off. */
import type { HttpConnectionManager } from '../../control-plane/envoy/http.ts';
import type { FilterState } from '../filters/filter.ts';
import { appended } from '../routing/headerOperations.ts';
import type { HttpRequest, HttpResponse } from '../wire.ts';
import { replaced } from './clientAddress.ts';

/** Names the operation to the tracing side; a client's proxy takes it off again. */
export const DECORATOR = 'x-envoy-decorator-operation';

export function encodeResponse(
  response: HttpResponse,
  hcm: HttpConnectionManager,
  request: HttpRequest,
  operation: string | undefined,
  responseHeaders: FilterState['responseHeaders'],
): HttpResponse {
  const hopByHop =
    hcm.direction === 'outbound' ? ['transfer-encoding', 'connection', DECORATOR] : ['transfer-encoding', 'connection'];
  let headers: HttpResponse['headers'] = response.headers.filter(([name]) => !hopByHop.includes(name));
  for (const { how, name, value } of responseHeaders)
    headers = how === 'set' ? replaced(headers, name, value) : appended(headers, name, value);
  if (operation !== undefined) headers = replaced(headers, DECORATOR, operation);
  if (response.unsized && request.version === '1.1') headers = [...headers, ['transfer-encoding', 'chunked']];
  return withServer({ ...response, headers }, hcm);
}

export function withServer(response: HttpResponse, { serverHeader }: HttpConnectionManager): HttpResponse {
  const present = response.headers.some(([name]) => name === 'server');
  if (serverHeader.transformation === 'PASS_THROUGH') return response;
  if (serverHeader.transformation === 'APPEND_IF_ABSENT' && present) return response;
  return { ...response, headers: replaced(response.headers, 'server', serverHeader.name) };
}
