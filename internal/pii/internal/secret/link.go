package secret

// A Link is how a noun and a value are tied.
type Link uint8

// The links.
const (
	LinkAssign   Link = iota // password = X, in code
	LinkTight                // password=X
	LinkEnv                  // DB_PASSWORD=X, export, -e, set
	LinkSetting              // a line of a configuration
	LinkMember               // "password": X
	LinkQuery                // ?token=X, a connection string
	LinkFlag                 // --password X
	LinkCommand              // an argument that a command takes a secret in
	LinkInput                // echo X | command
	LinkSentence             // the password is X
	LinkAdjacent             // password X
	LinkNear                 // password for the server X
	LinkPair                 // login with user / X
	LinkColumn               // a column that a noun heads
	LinkSibling              // a field of the same object names the value
	LinkKey                  // the key of the text
	LinkList                 // the argument before
	LinkObject               // the data of a Kubernetes secret
	LinkCall                 // set("password", X)
	LinkTag                  // <password>X</password>
	LinkPath                 // /reset/X
	LinkCookie
	LinkHeader
	linkCount
)

// linkNames has the name of each link, for weights.go and for explanations.
var linkNames = [linkCount]string{
	"assignment in code", "assignment without spaces", "environment variable", "line of a configuration", "member of an object",
	"parameter of a query", "flag", "argument of a command", "input of a command", "sentence", "next word", "later word", "user and password",
	"column", "sibling field", "key of the text", "argument list", "Kubernetes secret", "argument of a call", "tag", "path of a URL", "cookie", "header",
}
