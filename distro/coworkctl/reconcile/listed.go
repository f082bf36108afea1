package reconcile

import "time"

// A ListedSession is a session that the Compliance API lists.
type ListedSession struct {
	ID           string
	Organization string // UUID
	// UserID and Email identify the person, "" for sessions of agents and deleted accounts.
	UserID, Email string
	Surface       string // product_surface, "" if it was not recorded
	Status        string // of sessions in the cloud
	// Created is the first inference call. Updated is the last one, zero if it is unknown.
	Created, Updated time.Time
	Remote           bool
}

// end returns the last known time of the session.
func (l *ListedSession) end() time.Time {
	if l.Updated.After(l.Created) {
		return l.Updated
	}
	return l.Created
}

// isCowork reports whether telemetry of Cowork is expected of the session.
func (l *ListedSession) isCowork() bool {
	switch l.Surface {
	case "", "cowork", "cowork_remote":
		return l.Status != "pending"
	}
	return false
}
