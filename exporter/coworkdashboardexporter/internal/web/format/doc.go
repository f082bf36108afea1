// Package format writes numbers, times and names as the page shows them: "$12.34",
// "1 h 5 min", "3 days ago", "claude-opus…".
package format
