// Package distro holds what the distribution otelcol-cowork is made of besides
// its components: the default configuration, and the provider that serves it.
//
//   - otelcol-cowork is the command, written by the collector builder from
//     builder-config.yaml at the root.
//   - coworkctl is the event generator and verification tool.
//   - quality prints how much of what is labelled is found, speedtable how fast.
//   - examples has a configuration a task, each loaded and run by a test.
//   - e2e tests the built command as users run it.
package distro
