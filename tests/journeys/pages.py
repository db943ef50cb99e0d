"""The pages of the product, for tests that look at all of them.

A voter's pages stand in the tables here. Those of people with an account are found by the addresses
that there are (`tests/curation/addresses.py` fills them in). An address that is in neither fails
`test_accessibility.test_no_address_of_voters_is_forgotten`, or its fixture `pages`.
"""

from tests.journeys.steps import TOWN

# Before a voter has begun: the same for everyone.
BEFORE = [
    *("/", "/?plaats=bergen", "/?plaats=12"),
    *("/hoe-werkt-het/", "/privacy/", "/toegankelijkheid/"),
    *(TOWN, f"{TOWN}delen/", f"{TOWN}editie/", f"{TOWN}gewist/"),
    *("/gr2022/purmerend/", "/gr2022/utrecht/", f"{TOWN}uitslag/"),
]
# With an answer or two.
AFTER = [
    *(f"{TOWN}stelling/7/", f"{TOWN}stelling/99/", f"{TOWN}stellingen/", f"{TOWN}weging/"),
    *(f"{TOWN}uitslag/", f"{TOWN}uitslag/1/", f"{TOWN}uitslag/?onderwerp=werk"),
    *(f"{TOWN}uitslag/partij/groen-voorbeeldstad/", f"{TOWN}uitslag/profielen/"),
    f"{TOWN}uitslag/vergelijk/",
    f"{TOWN}uitslag/vergelijk/?partij=groen-voorbeeldstad&partij=veilig-voorbeeldstad",
    *(f"{TOWN}uitslag/afbeelding/", f"{TOWN}hoe-werkt-het/", f"{TOWN}gewist/"),
]
# The country, and what was published, for everyone.
COUNTRY = [
    *("/kaart/", "/partijen/", "/partijen/gr2022/d66/", "/partijen/?naam=zzz", "/gebruik/gr2022/"),
    *("/open-data/", "/open-data/gr2022/", "/open-data/gr2022/voorbeeldstad/"),
    *("/open-data/gr2022/provincie/utrecht/", "/open-data/woordenboek/"),
]
# In one language only.
PROGRAMS = ["/api/v1/"]

# Addresses that show what another shows, by the name of that one.
SAME = {
    "quiz:election": "quiz:landing",  # of one election, where that one is of the next
    "country:map": "country:map_now",
    "country:names": "country:names_now",
    "country:name_now": "country:name",
    "use:now": "use:counts",  # of the election that is now
    "downloads:region": "downloads:province",
}
# Addresses that are no pages: they give a file, or take a deed and lead to another page.
FILES = {
    *("security_txt", "robots_txt", "logo", "health_live", "health_ready", "health_editions"),
    *("mfa_download_recovery_codes", "portal:spreadsheet_file", "curation:progress_file"),
    *("curation:log_file", "mfa_login_webauthn", "mfa_reauthenticate_webauthn"),
}
NO_PAGES = FILES | {
    *("quiz:election_preview", "quiz:preview", "quiz:flyer", "quiz:edition_file"),
    *("quiz:result_pdf", "quiz:result_png", "use:counts_file"),
    *("downloads:election_file", "downloads:region_file", "downloads:province_file"),
    *(
        "downloads:contest_file",
        "quiz:start",
        "quiz:language",
        "quiz:fetch",
        "quiz:erase",
        "quiz:shortcut",
    ),
}
