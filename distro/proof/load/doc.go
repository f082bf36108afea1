// Package load measures the events per CPU second of the built collector, and the latency
// that each stage adds.
//
// All stages are measured in one run, in alternating rounds: the speed of a shared machine
// varies more within minutes than the stages differ. Only the ratios compare.
package load
