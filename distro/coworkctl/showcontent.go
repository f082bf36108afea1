package main

import (
	"github.com/cowork-otel/collector/internal/cowork"
)

// maxContentRunes is the maximum width of the content of an event.
const maxContentRunes = 400

// contents read the content of an event, in the order in which they are tried: what a tool
// was called with, what was written, and why something failed.
var contents = []func(cowork.Event) string{
	cowork.CommandOf,
	cowork.FilePathOf,
	cowork.URLOf,
	attributeText("prompt"),
	attributeText("response"),
	attributeText("error"),
}

func attributeText(key string) func(cowork.Event) string {
	return func(e cowork.Event) string {
		text, _ := e.Str(key)
		return text
	}
}

// contentOf returns the content of an event, "" if it has none.
func contentOf(e cowork.Event) string {
	for _, read := range contents {
		if text := read(e); text != "" {
			return text
		}
	}
	return ""
}
