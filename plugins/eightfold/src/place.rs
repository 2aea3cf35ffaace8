//! Places that are written with the country first.

/// Countries as tenants write them before their regions, in lower case. Georgia is
/// missing: it is a state of another country more often.
const COUNTRIES: &[&str] = &[
    "albania",
    "algeria",
    "angola",
    "argentina",
    "armenia",
    "australia",
    "austria",
    "azerbaijan",
    "bahrain",
    "bangladesh",
    "belarus",
    "belgium",
    "bolivia",
    "bosnia and herzegovina",
    "botswana",
    "brazil",
    "bulgaria",
    "cambodia",
    "cameroon",
    "canada",
    "chile",
    "china",
    "colombia",
    "costa rica",
    "croatia",
    "cyprus",
    "czech republic",
    "czechia",
    "denmark",
    "dominican republic",
    "ecuador",
    "egypt",
    "el salvador",
    "estonia",
    "ethiopia",
    "finland",
    "france",
    "germany",
    "ghana",
    "greece",
    "guatemala",
    "honduras",
    "hong kong",
    "hong kong sar",
    "hungary",
    "iceland",
    "india",
    "indonesia",
    "iraq",
    "ireland",
    "israel",
    "italy",
    "ivory coast",
    "jamaica",
    "japan",
    "jordan",
    "kazakhstan",
    "kenya",
    "korea",
    "korea, republic of",
    "kuwait",
    "latvia",
    "lebanon",
    "lithuania",
    "luxembourg",
    "malaysia",
    "malta",
    "mauritius",
    "mexico",
    "moldova",
    "mongolia",
    "montenegro",
    "morocco",
    "mozambique",
    "myanmar",
    "nepal",
    "netherlands",
    "new zealand",
    "nicaragua",
    "nigeria",
    "north macedonia",
    "norway",
    "oman",
    "pakistan",
    "panama",
    "paraguay",
    "peru",
    "philippines",
    "poland",
    "portugal",
    "puerto rico",
    "qatar",
    "romania",
    "russia",
    "rwanda",
    "saudi arabia",
    "senegal",
    "serbia",
    "singapore",
    "slovakia",
    "slovenia",
    "south africa",
    "south korea",
    "spain",
    "sri lanka",
    "sweden",
    "switzerland",
    "taiwan",
    "tanzania",
    "thailand",
    "the netherlands",
    "trinidad and tobago",
    "tunisia",
    "turkey",
    "türkiye",
    "uganda",
    "ukraine",
    "united arab emirates",
    "united kingdom",
    "united states",
    "united states of america",
    "uruguay",
    "us",
    "usa",
    "uzbekistan",
    "venezuela",
    "vietnam",
    "zambia",
    "zimbabwe",
];

/// The place with its country last: "Bangalore, Karnataka, India" of "India,
/// Karnataka, Bangalore". Parts that name no place and repeated ones are left out;
/// a place that is written from small to large stays.
pub(crate) fn country_last(stated: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in stated.split(',').map(str::trim) {
        if !part.is_empty() && !parts.contains(&part) && !is_vague(part) {
            parts.push(part);
        }
    }
    if let [first, .., last] = parts.as_slice()
        && is_country(first)
        && !is_country(last)
    {
        parts.reverse();
    }
    if parts.is_empty() {
        return stated.trim().to_owned();
    }
    parts.join(", ")
}

fn is_country(part: &str) -> bool {
    COUNTRIES.contains(&part.to_lowercase().as_str())
}

fn is_vague(part: &str) -> bool {
    matches!(
        part.to_lowercase().as_str(),
        "multiple locations" | "multiple cities" | "various"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_that_stands_first_is_put_last() {
        for (stated, expected) in [
            ("India, Karnataka, Bangalore", "Bangalore, Karnataka, India"),
            (
                "UNITED STATES, Ohio,  Dayton",
                "Dayton, Ohio, UNITED STATES",
            ),
            (
                "United States, Georgia, Atlanta",
                "Atlanta, Georgia, United States",
            ),
            ("United States, Georgia", "Georgia, United States"),
            (
                "United States, Multiple Locations, Multiple Locations",
                "United States",
            ),
            (
                "Dayton, Ohio, United States of America",
                "Dayton, Ohio, United States of America",
            ),
            ("Singapore, Singapore", "Singapore"),
            ("Luxembourg, Germany", "Luxembourg, Germany"),
            ("Remote", "Remote"),
            ("Multiple Locations", "Multiple Locations"),
            ("", ""),
        ] {
            assert_eq!(country_last(stated), expected, "{stated}");
        }
    }
}
