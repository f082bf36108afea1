// Package statefultest helps to test components with state: a storage extension in memory,
// a consumer that can refuse records, a test clock, and points of metrics.
package statefultest
