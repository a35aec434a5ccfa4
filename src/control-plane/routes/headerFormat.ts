/**
 * The formatting commands of header values that Envoy refuses, and with them the whole route table:
 * a name that it does not know, `%` before anything else, a parameter that is missing or one too many. istiod's
 * webhook looks at the brackets only.
 *
 * Upstream authority: Envoy source/common/formatter/substitution_formatter.cc
 * SubstitutionFormatParser::parse; the names are those of Envoy 1.40.
 */

const COMMAND = /^%([A-Z0-9_]+)(\(.*?\))?(?::\d+)?%/;

const WITHOUT_PARAMETER = `
  ACCESS_LOG_TYPE BYTES_RECEIVED BYTES_RETRANSMITTED BYTES_SENT CONNECTION_ID CONNECTION_TERMINATION_DETAILS
  CUSTOM_FLAGS DURATION FILTER_CHAIN_NAME GRPC_STATUS_NUMBER HOSTNAME LOCAL_REPLY_BODY PACKETS_RETRANSMITTED
  PROTOCOL QUERY_PARAMS REQUESTED_SERVER_NAME ROUNDTRIP_DURATION ROUTE_NAME SPAN_ID STREAM_ID TLS_JA3_FINGERPRINT
  TLS_JA4_FINGERPRINT TRACE_ID UNIQUE_ID VIRTUAL_CLUSTER_NAME`;
const WITH_PARAMETER = `
  CEL CLUSTER_METADATA COALESCE COMMON_DURATION DYNAMIC_METADATA ENVIRONMENT FILTER_STATE METADATA QUERY_PARAM REQ
  REQ_WITHOUT_QUERY RESP TRAILER UPSTREAM_FILTER_STATE UPSTREAM_METADATA`;
const EITHER = 'EMIT_TIME EMIT_TIME_LOCAL GRPC_STATUS PATH PER_REQUEST_STATE START_TIME START_TIME_LOCAL';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const KNOWN: ReadonlySet<string> = new Set([WITHOUT_PARAMETER, WITH_PARAMETER, EITHER].flatMap(words));
const NEEDS_PARAMETER: ReadonlySet<string> = new Set(words(WITH_PARAMETER));
const TAKES_NO_PARAMETER: ReadonlySet<string> = new Set(words(WITHOUT_PARAMETER));
/** Families with too many members to list: their names are taken as known. */
const FAMILIES = /^(?:DOWNSTREAM|UPSTREAM|REQUEST|RESPONSE)_/;

/** Envoy's words; undefined: it takes the value. */
export function headerFormatRefusal(value: string): string | undefined {
  let position = value.indexOf('%');
  while (position >= 0) {
    const rest = value.slice(position);
    if (rest.startsWith('%%')) {
      position = value.indexOf('%', position + 2);
      continue;
    }
    const [matched, name = '', parameter] = COMMAND.exec(rest) ?? [];
    if (matched === undefined)
      return `Incorrect configuration: ${value}. Couldn't find valid command at position ${position}`;
    if (!KNOWN.has(name) && !FAMILIES.test(name)) return `Not supported field in StreamInfo: ${name}`;
    if (parameter === undefined && NEEDS_PARAMETER.has(name)) return `${name} requires parameters`;
    if (parameter !== undefined && TAKES_NO_PARAMETER.has(name))
      return `${name} does not take any parameters or length`;
    position = value.indexOf('%', position + matched.length);
  }
  return undefined;
}
