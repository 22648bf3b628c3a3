"""`ceting import`: areas, posyandu, children and staff out of a file, by the same verbs as the pages."""
