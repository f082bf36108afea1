package secret

import (
	"strings"
	"testing"
)

func TestKubernetesSecrets(t *testing.T) {
	checkRows(t, LinkObject,
		"apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: db⏎data:⏎  a: «Q2xpZmYuU3BhcnJvdy04»⏎  b: \"«Z3VsbC13aGFyZi00NA==»\"⏎type: Opaque⏎",
		"stringData:⏎  user.conf: «heron latch gull»⏎kind: Secret",
		"kind: Secret⏎data: {a: «Q2xpZmYuU3BhcnJvdy04», b: «Z3VsbC13aGFyZi00NA»}⏎",
		"kind: Secret⏎stringData:⏎  file: |⏎    «Mosspond#204»⏎",
		"kind: ConfigMap⏎data:⏎  a: plain-text204⏎---⏎kind: Secret⏎data:⏎  a: «Q2xpZmYuU3BhcnJvdy04»⏎",
	)
	checkNone(t,
		"kind: ConfigMap⏎data:⏎  a: Q2xpZmYuU3BhcnJvdy04⏎", "kind: SecretStore⏎data:⏎  a: Q2xpZmYuU3BhcnJvdy04⏎", "kind: Secret⏎data:⏎", "kind: Secret⏎data: {}⏎",
		"kind: Secret⏎metadata:⏎  name: Q2xpZmYuU3BhcnJvdy04⏎", "kind: Secret⏎data:⏎  a: ${DB_PASSWORD}⏎", "data: a", "kind: Secret⏎data:",
	)
	// A secret whose kind is farther away than the bound is none.
	checkNone(t, "kind: Secret⏎"+strings.Repeat("# comment⏎", objectMax/10+1)+"data:⏎  a: Q2xpZmYuU3BhcnJvdy04⏎")
}
