package coworkpathextension

// Config has nothing to set.
type Config struct{}
