package coworkpathextension

// Config has no settings.
type Config struct{}
