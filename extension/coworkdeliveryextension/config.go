package coworkdeliveryextension

// Config configures what happens to refused batches.
type Config struct {
	// Split sends a refused batch again in parts, to deliver the records that the backend
	// accepts.
	Split bool `mapstructure:"split"`
}
