package text

// A Link is how a text got its key.
type Link uint8

// The links.
const (
	LinkAttribute    Link = iota // it is the value of an attribute of a record
	LinkKey                      // it is the value of a key in a document
	LinkSibling                  // another field of the same object names it: {"label": "Password", "value": "…"}
	LinkColumn                   // it is a cell, and the key is the heading of its column
	LinkArgument                 // it is an argument, and the key is the flag before it
	LinkSecretObject             // it is in the data of a Kubernetes Secret, under the key
)
