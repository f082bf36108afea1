package coworkeventprocessor

// Tenants configures what happens to telemetry of senders with a token. It has no effect
// on senders without one, unless Required is set.
type Tenants struct {
	// OnMismatch is what happens to an item of an organization that is not the token's:
	// refuse or mark.
	OnMismatch MismatchAction `mapstructure:"on_mismatch"`

	// OnMissing is what happens to an item without an organization: pass, refuse or set.
	OnMissing MissingAction `mapstructure:"on_missing"`

	// Required refuses telemetry whose sender has no token: the receiver does not
	// authenticate, or a component in front has lost the sender.
	Required bool `mapstructure:"required"`
}

// A MismatchAction is what happens to an item of another organization.
type MismatchAction string

// The actions: a refused item is dropped. A marked one has cowork.tenant.mismatch, and its
// organization is renamed so that it does not count for it.
const (
	MismatchRefuse MismatchAction = "refuse"
	MismatchMark   MismatchAction = "mark"
)

// Validate checks that the action exists.
func (a MismatchAction) Validate() error {
	if a == MismatchRefuse || a == MismatchMark {
		return nil
	}
	return unknownError("action", string(a), string(MismatchRefuse), string(MismatchMark))
}

// A MissingAction is what happens to an item without an organization.
type MissingAction string

// The actions: set writes the organization of a token that is bound to one. With a token
// that is bound to several, it passes the item.
const (
	MissingPass   MissingAction = "pass"
	MissingRefuse MissingAction = "refuse"
	MissingSet    MissingAction = "set"
)

// Validate checks that the action exists.
func (a MissingAction) Validate() error {
	if a == MissingPass || a == MissingRefuse || a == MissingSet {
		return nil
	}
	return unknownError("action", string(a), string(MissingPass), string(MissingRefuse), string(MissingSet))
}
