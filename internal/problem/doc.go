// Package problem holds the problems that components have found, such as a receiver of
// alerts that cannot be reached. The setup check of the page shows them.
//
// Components are connected by pipelines only, and a pipeline carries telemetry. So the
// list is one for the process. All functions are safe for concurrent use.
package problem
