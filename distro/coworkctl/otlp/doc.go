// Package otlp sends telemetry to an OTLP endpoint, and explains to an administrator
// why it did not arrive.
//
// It supports the three protocols of OTLP: http/json, http/protobuf and grpc. An
// endpoint can be a base URL, with a prefix or with /v1/logs at the end, or
// host:port.
//
// # Confidentiality
//
// Neither an error nor a [Receipt] contains any of the payload, the value of a
// header, or the text of a response, which could quote either of them. They contain
// the status of a response; the collector's log has the details. Hints name the
// flags of coworkctl.
//
// # Limits
//
// The package does not retry, follow redirects, or buffer anything.
package otlp
