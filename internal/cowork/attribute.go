package cowork

import (
	"iter"
	"slices"
)

// An Attribute is a row of the schema: one attribute.
type Attribute struct {
	// Name is the key as it is on the wire.
	Name string
	// Class classifies what the value can reveal.
	Class Class
	// Type is the value's type after [Normalize].
	Type Type
	// Unit is the UCUM unit of a measure, "" if it has none.
	Unit string
	// Gate is the client's flag without which the attribute is not sent.
	Gate Gate
	// Source names the source of the row: live (recorded from a running client), own
	// (written by this collector) or the key of a document.
	Source string
	// Doc is one line for a reader.
	Doc string
}

// A Class classifies what an attribute's value can reveal, which determines how a
// doubtful value is treated.
type Class uint8

// The classes. Content is the zero value: an unknown attribute is free text.
const (
	// Content is free text, or anything that may hold some.
	Content Class = iota
	// Personal names a person or a machine.
	Personal
	// Identifier is a key without a meaning. It passes unscanned only if
	// [IsIdentifier] accepts its shape.
	Identifier
	// Measure is a number, a boolean or a time.
	Measure
	// Label is a word from a small set, or the name of a tool, a model or a skill.
	// Users can choose such names, so a label is scanned like content.
	Label
)

// String returns the class's name in lower case.
func (c Class) String() string { return word(classWords[:], c) }

var classWords = [...]string{"content", "identity", "identifier", "measure", "label"}

// A Type is the type of an attribute's value.
type Type uint8

// The types. Only Int, Double and Bool are converted by [Normalize].
const (
	// String is text.
	String Type = iota
	// Int is a whole number.
	Int
	// Double is a number.
	Double
	// Bool is true or false.
	Bool
	// Strings is a list of strings, sometimes sent as one string.
	Strings
	// JSON is a string that holds JSON, perhaps cut short.
	JSON
	// Map is a structured value.
	Map
	// Timestamp is a string that holds an RFC 3339 time.
	Timestamp
)

// String returns the type's name in lower case.
func (t Type) String() string { return word(typeWords[:], t) }

var typeWords = [...]string{"string", "int", "double", "bool", "strings", "json", "map", "timestamp"}

// A Gate is a client's content flag, which an administrator sets to make clients send
// an attribute. A gate is no guarantee: clients have ignored theirs, and detailed tracing
// has none.
//
// The gate of a [Content] attribute classifies the content. Redaction replaces that of
// [UserPrompts], [AssistantResponses] and [RawAPIBodies] completely, by one switch each,
// and scans the rest.
type Gate uint8

// The gates, as OTEL_LOG_… on the command line and otlpContentCapture on devices
// name them.
const (
	// None marks an attribute that is always sent.
	None Gate = iota
	// UserPrompts sends what users write.
	UserPrompts
	// AssistantResponses sends the model's answers.
	AssistantResponses
	// ToolDetails sends tools' parameters, inputs and errors.
	ToolDetails
	// RawAPIBodies sends complete requests and responses.
	RawAPIBodies
	// ManagedSettings sends the managed settings' text.
	ManagedSettings
	// ToolContent sends tools' inputs and outputs on spans.
	ToolContent
)

// String returns the gate's name as the documentation of clients spells it, ""
// for None.
func (g Gate) String() string { return word(gateWords[:], g) }

var gateWords = [...]string{
	"", "userPrompts", "assistantResponses", "toolDetails", "rawApiBodies", "managedSettings", "toolContent",
}

func word[E ~uint8](words []string, e E) string {
	if int(e) >= len(words) {
		return "unknown"
	}
	return words[e]
}

// attributeTables are the schema's tables in the order of the page.
var attributeTables = [][]Attribute{
	standardTable, resourceTable, eventTable, lifecycleTable, spanTable, ownTable,
}

var attributeIndex = indexAttributes(attributeTables)

func indexAttributes(tables [][]Attribute) map[string]*Attribute {
	index := make(map[string]*Attribute)
	for _, table := range tables {
		for i := range table {
			index[table[i].Name] = &table[i]
		}
	}
	return index
}

// AttributeOf returns the schema's row for an attribute, nil if there is none.
// The row is shared and must not be changed.
func AttributeOf(name string) *Attribute { return attributeIndex[name] }

// Attributes iterates over all rows in the order of the tables.
func Attributes() iter.Seq[Attribute] {
	return slices.Values(slices.Concat(attributeTables...))
}

// StandardAttributes are the nine that every event is documented to carry. Real
// clients often lack those of the account.
var StandardAttributes = [...]string{
	"session.id", "organization.id", "user.account_uuid", "user.id", "user.email",
	"terminal.type", "event.timestamp", "event.sequence", "prompt.id",
}
