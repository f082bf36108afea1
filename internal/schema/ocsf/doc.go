// Package ocsf maps events of Cowork to documents of the Open Cybersecurity Schema
// Framework, version 1.9.0, with its profiles ai_operation, host and security_control.
//
// [Mapper.Map] writes one document for each event: a map that is an OCSF event of one
// class. What has no attribute in the class is in unmapped, under the name of the
// attribute with underscores instead of dots. A path has one type in all documents.
//
// The class table has the classes and their activities, the kind table the class of each
// kind of event, and the tool table that of each tool. An event without a row is a Base
// Event.
package ocsf

// Version is the version of the schema, the value of metadata.version.
const Version = "1.9.0"
