"""Articles for the integration tests: places are real, everything else is invented."""

ARTICLES = {
    "kyiv/one.txt": (
        "Brigade says it holds the northern edge of Vovchansk",
        (
            "Ukrainian troops still hold the northern edge of Vovchansk in Kharkiv region, Major Ihor "
            'Savchuk, spokesman, said on Wednesday. "We have left no position," he said. He added that about'
            " 40 soldiers had been wounded since November 10.\n\nRussia's defence ministry said on Tuesday "
            "that its forces had taken the town."
        ),
    ),
    "kyiv/two.txt": (
        "Two killed as drones hit Chuhuiv",
        (
            "Two people were killed and at least seven wounded when drones struck a market in Chuhuiv "
            "overnight, the regional governor, Olena Marchuk, wrote on Telegram. Rescue work ended at 3:40 "
            "a.m. on November 19."
        ),
    ),
    "moscow/three.txt": (
        "Group of forces reports advance near Kupiansk",
        (
            "Units of the group of forces moved up to 3 km west of Kupiansk, its spokesman Sergei Dolin "
            "said. According to him, several dozen Ukrainian soldiers are encircled south of the town. Kyiv "
            "denied that anyone was encircled."
        ),
    ),
    "goma/four.txt": (
        "Aid groups warn of hunger around Goma",
        (
            "Up to 12,000 people fled fighting near Sake, 25 km west of Goma, in early November, two aid "
            "workers said. The army denied that it had shelled the town."
        ),
    ),
    "sudan/five.txt": (
        "Hospital in El Fasher hit, doctors say",
        (
            "A shell hit the last working hospital in El Fasher on Monday, a doctors' group said, killing "
            'between 10 and 15 patients. The Rapid Support Forces called the report "absolute nonsense".'
        ),
    ),
}
