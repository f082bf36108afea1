package main

import (
	"slices"
	"strings"
)

// A licence is recognised by phrases of its text, in lower case and with single spaces.
type licence struct {
	id      string
	phrases []string // each in the text
	without string   // not in the text
	allowed bool
}

const (
	anyUse   = "redistribution and use in source and binary forms"
	endorse  = "endorse or promote products derived from"
	noCharge = "permission is hereby granted, free of charge, to any person obtaining a copy"
)

// The licences that linked modules may have, and those that they must not have: the latter
// would cover the whole binary. MPL-2.0 covers its own files, which are not modified.
var licences = []licence{
	{id: "Apache-2.0", phrases: []string{"apache license version 2.0"}, allowed: true},
	{id: "Apache-2.0", phrases: []string{"licensed under the apache license, version 2.0"}, allowed: true},
	{id: "MIT", phrases: []string{noCharge}, allowed: true},
	{id: "BSD-3-Clause", phrases: []string{anyUse, endorse}, allowed: true},
	{id: "BSD-2-Clause", phrases: []string{anyUse}, without: endorse, allowed: true},
	{id: "ISC", phrases: []string{"to use, copy, modify, and distribute this software for any purpose with or without fee is hereby granted"}, allowed: true},
	{id: "ISC", phrases: []string{"to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted"}, allowed: true},
	{id: "MPL-2.0", phrases: []string{"mozilla public license version 2.0"}, allowed: true},
	{id: "MPL-2.0", phrases: []string{"mozilla public license, version 2.0 1. definitions"}, allowed: true},
	{id: "Unlicense", phrases: []string{"this is free and unencumbered software released into the public domain"}, allowed: true},
	{id: "CC0-1.0", phrases: []string{"cc0 1.0 universal"}, allowed: true},
	{id: "GPL", phrases: []string{"gnu general public license version"}},
	{id: "GPL", phrases: []string{"under the terms of the gnu general public license"}},
	{id: "LGPL", phrases: []string{"gnu lesser general public license version"}},
	{id: "AGPL", phrases: []string{"gnu affero general public license version"}},
	{id: "SSPL", phrases: []string{"server side public license"}},
	{id: "BUSL", phrases: []string{"business source license"}},
	{id: "Commons Clause", phrases: []string{"commons clause"}},
	{id: "Elastic", phrases: []string{"elastic license"}},
}

// classify returns the licences of a text, and whether all are allowed. A text without any is
// not allowed.
func classify(text string) (ids []string, allowed bool) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	allowed = true
	for _, l := range licences {
		if !containsAll(text, l.phrases) || l.without != "" && strings.Contains(text, l.without) {
			continue
		}
		if !slices.Contains(ids, l.id) {
			ids = append(ids, l.id)
		}
		allowed = allowed && l.allowed
	}
	return ids, allowed && len(ids) > 0
}

func containsAll(text string, phrases []string) bool {
	for _, phrase := range phrases {
		if !strings.Contains(text, phrase) {
			return false
		}
	}
	return true
}
