package ocsf

// A class is a class of events of OCSF.
type class struct {
	uid          int64
	name         string
	category     int64
	categoryName string
	// activities are the captions by activity_id, from 1.
	activities []string
	// host marks a class whose actor and device are of the profile host: the class itself
	// has none.
	host bool
	// ai marks a class that has the profile ai_operation.
	ai bool
}

// The two activities that every class has.
const (
	unknownID = 0
	otherID   = 99
)

const (
	systemActivity      = "System Activity"
	applicationActivity = "Application Activity"
)

var (
	baseEvent = &class{uid: 0, name: "Base Event", category: 0, categoryName: "Uncategorized", host: true}

	fileActivity = &class{
		uid: 1001, name: "File System Activity", category: 1, categoryName: systemActivity, ai: true,
		activities: []string{"Create", "Read", "Update", "Delete"},
	}
	jobActivity = &class{
		uid: 1006, name: "Scheduled Job Activity", category: 1, categoryName: systemActivity, ai: true,
		activities: []string{"Create", "Update", "Delete", "Enable", "Disable", "Start"},
	}
	processActivity = &class{
		uid: 1007, name: "Process Activity", category: 1, categoryName: systemActivity, ai: true,
		activities: []string{"Launch", "Terminate"},
	}
	detectionFinding = &class{
		uid: 2004, name: "Detection Finding", category: 2, categoryName: "Findings", host: true,
		activities: []string{"Create", "Update", "Close"},
	}
	authentication = &class{
		uid: 3002, name: "Authentication", category: 3, categoryName: "Identity & Access Management", ai: true,
		activities: []string{"Logon", "Logoff"},
	}
	webActivity = &class{
		uid: 6001, name: "Web Resources Activity", category: 6, categoryName: applicationActivity, ai: true, host: true,
		activities: []string{"Create", "Read", "Update", "Delete", "Search"},
	}
	lifecycle = &class{
		uid: 6002, name: "Application Lifecycle", category: 6, categoryName: applicationActivity, ai: true, host: true,
		activities: []string{"Install", "Remove", "Start", "Stop", "Restart", "Enable", "Disable", "Update"},
	}
	apiActivity = &class{
		uid: 6003, name: "API Activity", category: 6, categoryName: applicationActivity, ai: true, host: true,
		activities: []string{"Create", "Read", "Update", "Delete"},
	}
	applicationError = &class{
		uid: 6008, name: "Application Error", category: 6, categoryName: applicationActivity, ai: true, host: true,
		activities: []string{"General Error"},
	}
)

// An activity is what an event reports within its class.
type activity struct {
	id   int64
	name string
}

// of returns an activity of the class by its caption, or Other with the name if the class
// has none of this caption.
func (c *class) of(name string) activity {
	for i, caption := range c.activities {
		if caption == name {
			return activity{int64(i) + 1, name}
		}
	}
	return activity{otherID, name}
}
