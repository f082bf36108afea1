package pii_test

import (
	"fmt"

	"github.com/cowork-otel/collector/internal/pii"
)

func Example() {
	s, err := pii.New(pii.Settings{
		Custom:  []pii.Custom{{Name: "mrn", Regexp: `\bMRN-\d{8}\b`}},
		Allowed: []string{"support@example.com"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	out, found := s.Redact(nil, "prompt", "Email support@example.com or user@example.com about MRN-12345678")
	fmt.Println(out)
	for _, f := range found {
		fmt.Println(f.Start, f.End, f.Pattern.Name)
	}
	// Output:
	// Email support@example.com or [REDACTED_EMAIL] about [REDACTED_MRN]
	// 29 45 email
	// 52 64 mrn
}

func ExampleScanner_RedactJSON() {
	s, err := pii.New(pii.Settings{})
	if err != nil {
		fmt.Println(err)
		return
	}
	out, _ := s.RedactJSON(nil, "tool_input", `{"to": "bob\u0040corp.example, +44 20 7946 0958", "card": 4111111111111111, "password": "hunter2"}`)
	fmt.Println(out)
	// Output:
	// {"to": "[REDACTED_EMAIL], [REDACTED_PHONE]", "card": "[REDACTED_CREDIT_CARD]", "password": "[REDACTED_API_KEY]"}
}

func ExampleScanner_Except() {
	s, err := pii.New(pii.Settings{})
	if err != nil {
		fmt.Println(err)
		return
	}
	out, _ := s.Except("email").Redact(nil, "", "jane@example.com called from 415-555-0132")
	fmt.Println(out)
	// Output:
	// jane@example.com called from [REDACTED_PHONE]
}
