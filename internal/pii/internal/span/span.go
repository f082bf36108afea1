package span

// An ID is a pattern's place in the order of priority. Those from
// BuiltinCount on are custom patterns.
type ID uint16

// The built-in patterns.
const (
	PrivateKey ID = iota
	JWT
	URLCredential
	Secret
	APIKey
	CreditCard
	SocialSecurity
	IBAN
	Email
	Phone
	IPAddress
	BuiltinCount
)

// A Rank is how sure a detector is of a span.
type Rank uint8

// The ranks, from the lowest.
const (
	Harmless   Rank = iota // a text that is recognized and is no finding; never reported
	Generic                // a keyword and a value that could be a secret
	Structural             // a form that is rare elsewhere
	Validated              // a checksum or a decoded header agrees
	FromCustom             // the user configured it
)

// A Span is a part of the text that a detector accepted.
type Span struct {
	Start, End int
	ID         ID
	Rank       Rank
}

// Beats reports whether a names the text that a and b share.
func (a Span) Beats(b Span) bool {
	switch {
	case a.Rank != b.Rank:
		return a.Rank > b.Rank
	case a.Rank == FromCustom:
		return a.ID < b.ID
	case a.End-a.Start != b.End-b.Start:
		return a.End-a.Start > b.End-b.Start
	}
	return a.ID < b.ID
}
