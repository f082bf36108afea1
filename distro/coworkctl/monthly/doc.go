// Package monthly writes a report on a month of Cowork for managers: one HTML file without
// scripts and requests, or a PDF file. It reads the JSON API of the page of
// cowork_dashboard, so that it needs no access to the database.
package monthly
