// Package encode writes answers as JSON and CSV for programs and spreadsheets.
package encode
