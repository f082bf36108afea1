// Package charttest renders the chart and the manifests, and checks them as an API server
// does that creates them.
//
// It is a module of its own, so that Helm, Kustomize and Kubernetes stay out of the module
// graph of the collector, whose tests read the results in testdata. `make charts` writes them.
package charttest
