package coworkredactionprocessor

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/cowork-otel/collector/internal/pii"
)

// setIdentityActions sets the function that redacts each attribute that identifies a person
// or a machine.
func setIdentityActions(rules map[string]*keyRule, cfg Identities, scanner *pii.Scanner) {
	byAction := map[Action]redactFunc{}
	for key, action := range cfg.actions() {
		if byAction[action] == nil {
			byAction[action] = newRedactIdentity(action, cfg, scanner)
		}
		rules[string(key)].identify = byAction[action]
	}
}

// newRedactIdentity returns the function of an action. An unknown action, which Validate
// rejects, replaces the value.
func newRedactIdentity(action Action, cfg Identities, scanner *pii.Scanner) redactFunc {
	switch action {
	case ActionKeep:
		return scanner.Except("email").Redact
	case ActionPseudonymize:
		return pseudonymKey(cfg.Key).pseudonymize
	default:
		return markIdentity
	}
}

// markIdentity replaces an identity: by the e-mail marker for user.email and every text
// with an at sign, else by the plain marker.
func markIdentity(found []pii.Finding, key, text string) (string, []pii.Finding) {
	with := replaceIdentity
	if key == "user.email" || strings.Contains(text, "@") {
		with = replaceEmail
	}
	return with.Marker, append(found, replaced(text, with))
}

// isOwnMarker reports whether an identity was replaced before. Only the markers that
// this processor writes for identities count: any other could be the name of a person
// in the form of a marker.
func isOwnMarker(text string) bool {
	return text == replaceIdentity.Marker || text == replaceEmail.Marker
}

// pseudonymKey is the HMAC key of pseudonyms.
type pseudonymKey []byte

const (
	pseudonymPrefix = "u_"
	pseudonymBytes  = 16 // of the sum: 128 bits, as many as a UUID has
)

// pseudonymize returns "u_" and 32 hexadecimal digits: HMAC-SHA-256 over the text in
// lower case without surrounding space, so that every spelling of an address has the
// same pseudonym.
func (key pseudonymKey) pseudonymize(found []pii.Finding, _, text string) (string, []pii.Finding) {
	if isPseudonym(text) {
		return text, found
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.ToLower(strings.TrimSpace(text))))
	return pseudonymPrefix + hex.EncodeToString(mac.Sum(nil)[:pseudonymBytes]), append(found, replaced(text, replaceIdentity))
}

// isPseudonym reports whether the text is a pseudonym already: telemetry may pass two
// collectors, and both must write the same pseudonym for a person.
func isPseudonym(text string) bool {
	digits, ok := strings.CutPrefix(text, pseudonymPrefix)
	if !ok || len(digits) != 2*pseudonymBytes || strings.ToLower(digits) != digits {
		return false
	}
	_, err := hex.DecodeString(digits)
	return err == nil
}
