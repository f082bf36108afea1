// Package lifecycle runs the collector of the distribution as a process: it handles the
// signals, and bounds how long a stop and a reload take.
//
// # Stop
//
// SIGTERM and SIGINT stop the collector. Receivers have a few seconds to finish the
// requests that they read, then exporters have some seconds to send what waits. A
// component that takes longer is left behind, so that the components after it are flushed
// too. A warning names it. The process ends at the latest after [HardLimit].
//
// # Reload
//
// SIGHUP reads the configuration again. A child process validates it first. With a mistake
// in it the running configuration stays. If the new configuration is valid and does not
// start, the collector starts again with the last one that ran.
package lifecycle
