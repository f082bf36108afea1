// Package googlecloud is the stock exporter googlecloud with the key retry_on_failure.
//
// The stock exporter drops a batch when its timeout has passed, so an outage of Google Cloud
// loses telemetry although the queue has room. This one leaves the batch in the queue, and
// sends it again, as other exporters do. All other keys are those of the stock exporter.
//
// The feature gate exporter.googlecloud.CustomMonitoredResources has no effect: its code is
// internal to the stock exporter.
package googlecloud
