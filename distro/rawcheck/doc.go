// Package rawcheck finds telemetry that leaves a collector without redaction.
//
// [Check] follows the pipelines of a resolved configuration from each receiver to each
// exporter, through connectors, and reports what is reached without cowork_redaction on the
// way. It does not see what happens between two collectors: a second tier has
// cowork_redaction with trust_marks in its pipelines.
//
// [NewFactory] returns a converter for the manifest of a distribution. It logs what [Check]
// finds, and is an error with COWORK_REQUIRE_REDACTION=true, so that the collector does not
// start.
package rawcheck
