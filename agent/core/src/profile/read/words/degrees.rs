//! What names of degrees are made of.

/// Parts of words that stand in degrees, lower case.
pub(super) const STEMS: &[&str] = &[
    "bachelor",
    "master",
    "diplom",
    "staatsexamen",
    "abitur",
    "baccalauréat",
    "degree",
    "doctor",
    "promotion",
    "ausbildung",
    "magister",
    "lizentiat",
    "licence",
    "licenciatura",
    "matura",
    "a-level",
    "a level",
    "gcse",
    "certificate",
    "fachhochschulreife",
    "realschulabschluss",
    "referendariat",
    "vorbereitungsdienst",
    "umschulung",
    "apprenticeship",
    "studium",
    "brevet",
    "grado",
    "maîtrise",
    "nursing",
    "mittlere reife",
    "studies",
];

/// Whole words that stand in degrees, lower case, points left out.
pub(super) const WORDS: &[&str] = &[
    "bsc", "msc", "ba", "ma", "beng", "meng", "bs", "ms", "mba", "phd", "md", "llb", "llm", "pgce",
    "bed", "med", "mag", "dut", "bts", "bac", "deug", "cap", "bep", "btec", "hnd", "mphil",
    "dphil", "dipl", "ing", "mres", "dea",
];
