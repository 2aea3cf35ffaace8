use super::*;
use crate::job::Region;

/// "city/country/region" of each place.
fn read(text: &str) -> Vec<String> {
    of_text(text)
        .into_iter()
        .map(|place| {
            let region = place.region.map(|region| format!("{region:?}"));
            format!(
                "{}/{}/{}",
                place.city.unwrap_or_default(),
                place.country.unwrap_or_default(),
                region.unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn a_stated_location_names_its_places() {
    for (given, expected) in [
        ("London, UK", &["London/GB/"][..]),
        ("Bengaluru, KA, IN", &["Bengaluru/IN/"]),
        ("Hyderabad, TS, India", &["Hyderabad/IN/"]),
        ("Indianapolis, IN", &["Indianapolis/US/"]),
        ("Berlin, Berlin, Germany", &["Berlin/DE/"]),
        ("London, Greater London, England, UK", &["London/GB/"]),
        (
            "Bratislava, Bratislavský kraj, Slovakia",
            &["Bratislava/SK/"],
        ),
        ("Perth, Western Australia, Australia", &["Perth/AU/"]),
        ("Scotland, UK", &["/GB/"]),
        ("Texas, USA", &["/US/"]),
        ("Oberdorf, Germany", &["Oberdorf/DE/"]),
        (
            "Berlin or Oberdorf, Germany",
            &["Berlin/DE/", "Oberdorf/DE/"],
        ),
        ("Berlin", &["Berlin/DE/"]),
        ("München", &["München/DE/"]),
        ("Munich, Germany", &["München/DE/"]),
        ("Köln, Deutschland", &["Köln/DE/"]),
        ("Wien", &["Wien/AT/"]),
        ("Vienna, VA", &["Vienna/US/"]),
        ("Genève, Suisse", &["Genève/CH/"]),
        ("GENEVA", &["Genève/CH/"]),
        ("Berlin or Munich, Germany", &["Berlin/DE/", "München/DE/"]),
        ("Berlin / Hamburg", &["Berlin/DE/", "Hamburg/DE/"]),
        (
            "Berlin, Munich, Hamburg",
            &["Berlin/DE/", "München/DE/", "Hamburg/DE/"],
        ),
        ("Chicago, IL", &["Chicago/US/"]),
        ("San Jose, CA", &["San Jose/US/"]),
        ("Toronto, CA", &["Toronto/CA/"]),
        ("Toronto, ON, Canada", &["Toronto/CA/"]),
        ("Vancouver, WA", &["Vancouver/US/"]),
        ("Cambridge, MA", &["Cambridge/US/"]),
        ("Cambridge, UK", &["Cambridge/GB/"]),
        ("Birmingham, AL", &["Birmingham/US/"]),
        ("Paris", &["Paris/FR/"]),
        ("Berlin, DE", &["Berlin/DE/"]),
        ("Wilmington, DE", &["Wilmington/US/"]),
        ("Bangalore, IN", &["Bengaluru/IN/"]),
        ("Indianapolis, IN", &["Indianapolis/US/"]),
        ("Peapack, NJ", &["Peapack/US/"]),
        ("Bad Homburg, Germany", &["Bad Homburg/DE/"]),
        ("NYC", &["New York/US/"]),
        ("LA", &["Los Angeles/US/"]),
        ("SF", &["San Francisco/US/"]),
        ("New York, NY", &["New York/US/"]),
        ("Washington, DC", &["Washington/US/"]),
        ("Atlanta, Georgia", &["Atlanta/US/"]),
        ("Tbilisi, Georgia", &["Tbilisi/GE/"]),
        ("Georgia", &["/GE/"]),
        ("Texas", &["/US/"]),
        ("Ontario", &["/CA/"]),
        ("Germany", &["/DE/"]),
        ("DE", &["/DE/"]),
        ("CA", &["/CA/"]),
        ("USA", &["/US/"]),
        ("U.S.", &["/US/"]),
        ("United States-Utah-Corinne", &["/US/"]),
        ("United States-Maryland-Baltimore", &["Baltimore/US/"]),
        ("US-CA-San Francisco", &["San Francisco/US/"]),
        ("Germany, Berlin", &["Berlin/DE/"]),
        ("Home based - Americas, EMEA", &["//Americas", "//Emea"]),
        ("Home based - Worldwide", &["//Worldwide"]),
        ("Home Based - EMEA", &["//Emea"]),
        ("Remote – US only", &["/US/"]),
        ("Remote (Canada)", &["/CA/"]),
        ("Remote in USA", &["/US/"]),
        ("Remote", &[]),
        ("", &[]),
        ("Hybrid", &[]),
        ("Remote, Germany or Austria", &["/DE/", "/AT/"]),
        ("US, Canada", &["/US/", "/CA/"]),
        ("EU", &["//EuropeanUnion"]),
        ("DACH", &["//Dach"]),
        ("Latin America", &["//LatinAmerica"]),
        ("Bosnia and Herzegovina", &["/BA/"]),
        (
            "Bala Cynwyd (Philadelphia Area), Pennsylvania",
            &["Philadelphia/US/"],
        ),
        ("Frankfurt am Main", &["Frankfurt am Main/DE/"]),
        ("Frankfurt, Hessen", &["Frankfurt am Main/DE/"]),
        ("Aix-en-Provence", &["Aix-en-Provence/FR/"]),
        ("São Paulo, Brazil", &["São Paulo/BR/"]),
        ("3 Locations", &[]),
        ("Contact us", &["//"]),
        ("Middle Earth", &["//"]),
        ("London, EMEA", &["London/GB/"]),
        (
            "Amsterdam, Netherlands; Paris, France",
            &["Amsterdam/NL/", "Paris/FR/"],
        ),
    ] {
        assert_eq!(read(given), expected, "{given}");
    }
}

#[test]
fn a_place_keeps_its_words() {
    assert_eq!(
        of_text(" Remote  (Germany only)")[0].text,
        "Remote (Germany only)"
    );
    let texts: Vec<String> = of_text("Berlin or Munich, Germany")
        .into_iter()
        .map(|place| place.text)
        .collect();
    assert_eq!(texts, ["Berlin", "Munich, Germany"]);
    assert!(of_text(&"Berlin, ".repeat(10_000)).len() <= MAX_CHARS);
}

#[test]
fn countries_lie_in_their_regions() {
    for (region, country, expected) in [
        (Region::EuropeanUnion, "DE", true),
        (Region::EuropeanUnion, "CH", false),
        (Region::Europe, "CH", true),
        (Region::Emea, "ZA", true),
        (Region::Emea, "US", false),
        (Region::Americas, "BR", true),
        (Region::NorthAmerica, "MX", true),
        (Region::Apac, "IN", true),
        (Region::Dach, "AT", true),
        (Region::Worldwide, "FJ", true),
    ] {
        assert_eq!(contains(region, country), expected, "{region:?} {country}");
    }
}
