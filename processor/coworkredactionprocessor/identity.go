package coworkredactionprocessor

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/cowork-otel/collector/internal/pii"
)

// An identify treats the text of an attribute that names someone: it returns
// what stands in its place, and the findings that the metrics tell of.
type identify func(found []pii.Finding, key, text string) (string, []pii.Finding)

// newIdentify returns what the action does. An unknown action, which the
// configuration's validation refuses, redacts.
func newIdentify(cfg Identities, scanner *pii.Scanner) identify {
	switch cfg.Action {
	case ActionKeep:
		return scanner.Except("email").Redact
	case ActionPseudonymize:
		return pseudonyms([]byte(cfg.Key)).replace
	default:
		return replaceIdentity
	}
}

// replaceIdentity returns the e-mail marker for user.email and whatever has an
// at sign, since that is what an identity nearly always is, and the plain marker
// for the rest.
func replaceIdentity(found []pii.Finding, key, text string) (string, []pii.Finding) {
	with := wholeIdentity
	if key == "user.email" || strings.Contains(text, "@") {
		with = wholeEmail
	}
	return with.marker, append(found, identityFinding(text))
}

// isOwnMarker reports whether an identity was treated before. Only the markers that
// this processor puts in an identity's place count: any other could be a name in
// the clothes of a marker.
func isOwnMarker(text string) bool {
	return text == wholeIdentity.marker || text == wholeEmail.marker
}

// pseudonyms is the HMAC key of the names given to people.
type pseudonyms []byte

const (
	pseudonymPrefix = "u_"
	pseudonymBytes  = 16 // of the sum: 128 bits, as many as a UUID has
)

// replace returns "u_" and 32 hexadecimal digits: HMAC-SHA-256 over the text in
// lower case without surrounding space, so that an address has one pseudonym
// however it is spelled.
func (key pseudonyms) replace(found []pii.Finding, _, text string) (string, []pii.Finding) {
	if isPseudonym(text) {
		return text, found
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.ToLower(strings.TrimSpace(text))))
	return pseudonymPrefix + hex.EncodeToString(mac.Sum(nil)[:pseudonymBytes]), append(found, identityFinding(text))
}

// isPseudonym reports whether the text is one already: telemetry may pass two
// collectors, and a person must come out of both under one name.
func isPseudonym(text string) bool {
	digits, ok := strings.CutPrefix(text, pseudonymPrefix)
	if !ok || len(digits) != 2*pseudonymBytes || strings.ToLower(digits) != digits {
		return false
	}
	_, err := hex.DecodeString(digits)
	return err == nil
}

// identityPattern is what a treated identity is counted as.
var identityPattern = &pii.Pattern{Name: wholeIdentity.name, Marker: wholeIdentity.marker}

func identityFinding(text string) pii.Finding {
	return pii.Finding{Start: 0, End: len(text), Pattern: identityPattern}
}
