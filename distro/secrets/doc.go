// Package secrets finds the secrets of a configuration, and removes them from logs and
// errors.
//
// The collector hides fields of the type configopaque.String. Other values are logged as
// they are, such as the user and the path of an endpoint, and the password of Kafka.
package secrets
