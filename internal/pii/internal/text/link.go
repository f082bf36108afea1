package text

// A Link is how a text got its key.
type Link uint8

const (
	LinkKey          Link = iota // it is the value of the key
	LinkSibling                  // another field of the same object names it: {"label": "Password", "value": "…"}
	LinkColumn                   // it is a cell, and the key is the heading of its column
	LinkArgument                 // it is an argument, and the key is the flag before it
	LinkSecretObject             // it is in the data of a Kubernetes Secret, under the key
)
