// Package storage opens the storage extensions that components keep their state in, and
// says what is wrong where there is none. It is for components: unlike what else stands
// below internal, it knows the collector.
package storage
