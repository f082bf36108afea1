// Package otlp sends telemetry to an OTLP endpoint, and says in an
// administrator's words what went wrong when it does not arrive.
//
// It speaks the three protocols of OTLP: http/json, http/protobuf and grpc. An
// endpoint may be written in any of the ways people write it: as a base URL, with
// /v1/logs already at the end, with a prefix in front of that, or as host:port.
//
// # What it does not say
//
// Neither an error nor a [Receipt] contains any of the payload, the value of a
// header, or the text of an answer, which could quote either of them. An answer is
// told by its status; the rest stands in the log of the collector. What to do about
// it is said with the flags of coworkctl.
//
// # What it does not do
//
// It does not retry, follow redirects, or keep anything: that is for whoever
// calls it.
package otlp
