package document

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A role is what a member of an object is for the other members, by its key.
type role uint16

const (
	nameRole    role = 1 << iota // it names the value of another member
	labelRole                    // it does so in any object: "name", "key"
	valueRole                    // it holds a value that another member names
	plainRole                    // its key has no meaning of its own: "value"
	kindRole                     // it holds the kind of a Kubernetes object
	dataRole                     // it is a map of the values of a Kubernetes Secret
	headingRole                  // it is the list of the headings of a table
	rowsRole                     // it is the list of the rows of a table
	pathRole                     // its last part is a name, in a patch: "/spec/auth/password"
	secrecyRole                  // marks the value of another member as a secret, if it is true
)

// roles has the roles by key, in small letters and without underscores and dashes.
var roles = buildRoles()

func buildRoles() map[string]role {
	t := map[string]role{}
	for keys, r := range map[string]role{
		"name key parameterkey": nameRole | labelRole,
		`element elementname elementdescription selector css xpath locator label field fieldname fieldid fieldlabel title
			description placeholder id type inputtype header variable variablename varname parameter parametername param
			ref reason intent explanation instruction optionname settingname paramname envname configkey propertyname fieldkey target prompt question property propertyname attribute setting option env envvar arialabel role heading
			column columnname secretname purpose hint note comment argument`: nameRole,
		"value val": valueRole | plainRole,
		`text content data input inputtext inputvalue answer default defaultvalue string newvalue currentvalue plaintext
			plainvalue body keys chars characters response secretstring fieldvalue parametervalue settingvalue with fill setting entry`: valueRole,
		"kind": kindRole,
		`columns headers headings header columnnames fieldnames cols names titles`: headingRole,
		`rows values records data cells items body`:                                rowsRole,
		"stringdata data": dataRole,
		"path pointer":    pathRole,
		"secret issecret sensitive issensitive secure issecure encrypted masked secured confidential secretvalue": secrecyRole,
	} {
		for key := range strings.FieldsSeq(keys) {
			t[key] |= r
		}
	}
	return t
}

// keyMost is at least the length of the longest key with a role, joints included.
const keyMost = 24

// roleLengths has a bit for each length of a key with a role, by its first letter.
// It rejects most keys without a look-up.
var roleLengths = buildRoleLengths()

func buildRoleLengths() (t [1 << 5]uint32) {
	for key := range roles {
		t[key[0]&31] |= 1 << len(key)
	}
	return t
}

// roleOf returns the roles of a key.
func roleOf(key string) role {
	if key == "" || len(key) > keyMost || text.Is(key[0], text.Joiner) {
		return 0
	}
	var buf [keyMost]byte
	n := 0
	for i := range len(key) {
		if !text.Is(key[i], text.Joiner) {
			buf[n] = text.ToLower(key[i])
			n++
		}
	}
	if roleLengths[buf[0]&31]>>n&1 == 0 {
		return 0
	}
	return roles[string(buf[:n])]
}

// isCardCode reports whether a number is the code of a payment card by its key, which has three digits.
func isCardCode(key, number string) bool {
	return len(number) == 3 && key != "" && key[0]|0x20 == 'c' && text.ContainsFold(cardCodes, key)
}

var cardCodes = []string{"cvc", "cvv", "cvc2", "cvv2", "csc", "card_cvc", "card_cvv", "cardcvc", "cardcvv", "card_code"}

// orderNumber is the name of a number of an order, whose own key is "number" only.
const orderNumber = "order number"

// isOrderNumber reports whether a key is that of a number in an object for an order: order.number.
func isOrderNumber(outer, key string) bool {
	return len(key) <= len("number") && len(outer) > 1 && text.ContainsFold(numberKeys, key) && text.ContainsFold(orderKeys, outer)
}

var (
	numberKeys = []string{"number", "no", "nr", "num", "id", "ref"}
	orderKeys  = []string{
		"order", "orders", "invoice", "invoices", "shipment", "shipments", "ticket", "tickets", "booking", "bookings", "reservation", "delivery", "parcel", "package",
		"purchaseOrder", "purchase_order", "salesOrder", "sales_order", "salesorder", "bestellung", "auftrag", "rechnung", "tracking", "quote", "return", "returns",
	}
)
