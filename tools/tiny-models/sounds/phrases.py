"""What people write for each word: names (with "a" where one is due), and sentences, which stand behind "~".

A "*" before a phrase makes it five times as likely. "{}" is where a sentence tells how loud it is.
"""

NAMES = {
    "silence": "*silence|no sound|no sound|nothing|no audio|no noise|a silent moment|complete silence|total silence|dead silence|a silence|a silent room|silent audio|a silent recording|silent|a pause|muted audio|nothing at all|absolute silence"
               "|~it is silent|~there is no sound|~nothing can be heard|~it is completely silent|~nobody makes a sound|~there is nothing to hear|~the audio is silent|~there is silence|~silence with a faint background hum",
    "tone": "*a tone|tone|tones|a beep|a beep|beep|beeps|beeping|a beeping sound|a steady tone|a steady tone|a constant tone|a continuous tone|a pure tone|a test tone|a sine wave|a sine tone|a steady beep|electronic beeps|a single tone|a sustained tone|a long beep|a dial tone"
            "|~a tone is playing{}|~a tone sounds{}|~something beeps{}|~something is beeping{}|~a steady tone is heard{}|~a machine beeps{}",
    "sweep": "*a sweep|a chirp|a tone sweep|a frequency sweep|a sweeping tone|a sliding tone|a gliding tone|a glissando|a tone that changes its pitch|a slide whistle|a cartoon slide whistle|a sine sweep|a whoop|~the pitch of a tone changes|~a tone slides up and down",
    "noise": "*noise|a noise|static|static|static noise|random noise|radio static|steady noise|a rushing noise|background noise|constant noise|a noise signal|pink noise|interference|~noise is heard{}|~static is heard{}|~there is only noise|~noise without speech or music",
    "hiss": "*a hiss|hiss|hissing|hissing|a hissing sound|a hissing noise|white noise|white noise|tape hiss|a steady hiss|steam|escaping steam|a leaking gas pipe|~something hisses{}|~something is hissing{}|~a hissing is heard{}|~air hissing{}",
    "rumble": "*a rumble|rumble|rumbling|a rumbling sound|a deep rumble|low noise|brown noise|low frequency noise|a low rumbling noise|~something rumbles{}|~a rumbling is heard{}",
    "clicks": "*clicks|clicking|clicking|a clicking sound|a clicking noise|a click|click|ticking|ticking|ticks|a tick|a ticking clock|a ticking sound|a clock|a metronome|click sounds|repeated clicks|short clicks|clicking sounds|a clock ticking|tapping|a tapping sound|a watch"
              "|~something clicks{}|~something is clicking{}|~a clock is ticking{}|~a clock ticks{}|~something ticks{}|~something is ticking{}",
    "speech": "*speech|human speech|a speech|a voice|a voice|voice|a human voice|talking|talking|speaking|talk|spoken words|spoken language|a conversation|a person speaking|a person speaking|a person talking|a speaking voice|a speaking person|a talking person|a spoken voice|a speaker talking"
              "|dialogue|a dialogue|narration|a narrator|a narrator reading a text|a news reader|the news|news|a reporter|a lecture|an interview|a presenter|a commentator|a storyteller|an audiobook|an audiobook being narrated|a lecturer talking to students|a newsreader|the headlines|a correspondent|a commentary|a tutorial|an actor|actors in a drama|a comedian|a judge|a guide|an instructor|a language course|a press conference|a weather report|a bulletin|a political interview|a radio talk show|a radio host|a teacher|two people in conversation|a person reading aloud|a podcast|an announcement"
              "|~a person is speaking{}|~a person is talking{}|~someone is talking{}|~someone is speaking{}|~someone talking{}|~someone speaking{}|~somebody is talking{}|~somebody speaking{}|~someone speaks{}|~someone talks{}|~people talking{}|~people are talking{}|~people speaking{}"
              "|~a person speaks{}|~a voice is heard{}|~somebody is speaking{}|~a narrator is reading a text aloud|~several people are having a conversation|~somebody gives a speech to an audience|~a teacher explaining a lesson|~a news reporter is speaking|~a guide explaining something to visitors"
              "|~friends chatting|~a journalist asking questions|~an expert giving advice|~an actor speaks|~a voice-over in a documentary|~a story is told|~a storyteller telling a tale|~a correspondent reporting from abroad|~a witness testifying in court|~an eyewitness describing an accident|~journalists asking a politician questions|~a comedian telling jokes|~a couple arguing with each other"
              "|~a fairy tale told to children|~a detective and a suspect talking|~a language course repeating words|~a guide explaining a museum to visitors|~a sports commentator at a live match",
    "voices": "*voices|human voices|a human|people|a person|a vocal sound|human sounds|vocals|~people can be heard{}|~someone uses their voice",
    "whisper": "*whispering|a whisper|whispers|a whispering voice|a person whispering|ghostly whispers|a soft whisper|ghostly whispers from nowhere|lovers whispering|~someone whispers|~someone is whispering|~a character whispering in suspense",
    "robot": "*a robot speaking|a robot|a robot voice|a robotic voice|a metallic voice|an android|a robot talking|a computer voice|~a robot speaks{}|~a robot is speaking in metallic beeps|~a robot speaking from another planet",
    "cartoon": "*a cartoon voice|a squeaky voice|a squeaky cartoon character|a squeaky cartoon character talking|a chipmunk|a chipmunk voice|a funny high voice|a voice at double speed|silly voices|~a chipmunk chattering at double speed|~a cartoon character talks",
    "babble": "*babble|a crowd talking|crowd babble|a crowd of people|a crowd|many voices|a busy restaurant|a cocktail party|chatter|murmuring|a murmuring crowd|people chatting in a bar|a busy market|a busy outdoor market|a party|hubbub|~many people talk at once|~a crowd is talking{}|~a room full of people talking",
    "laughter": "*laughter|laughing|a laugh|a person laughing|a laughing person|giggling|children laughing|an amused audience|people laughing|a chuckle|laughs|an audience laughing at a comedy|friends giggling over dinner|children laughing at a game|~someone laughs{}|~someone is laughing{}|~people are laughing{}|~an audience laughs",
    "crying": "*crying|sobbing|weeping|a crying person|a person sobbing and weeping|a baby crying|a crying child|wailing|a woman weeping|sobs|a crying baby|~someone is crying{}|~someone weeps{}|~a person cries{}",
    "scream": "*a scream|screaming|a screaming person|a shriek|a terrified scream|a terrified scream in the dark|a scream of terror|a shout|~someone screams{}|~a person is screaming{}|~a woman screams",
    "cheering": "*cheering|a cheering crowd|cheers|a roaring crowd|a roaring crowd in a stadium|a stadium|a stadium cheering a goal|fans shouting|a crowd cheering|a football match|a sports event|~a crowd cheers{}|~people are cheering{}|~fans cheer their team",
    "music": "*music|*music|a melody|a melody|a melody|melody|melodies|a song|a song|a tune|a tune|instrumental music|music playing|background music|a piece of music|chords|a musical melody|musical sounds|a music track|song|a jingle|songs|a tune on the radio|a soundtrack|musical notes|an album track|pop music"
             "|~music is playing{}|~music playing{}|~music plays{}|~a song is playing{}|~someone is playing music{}|~someone playing music{}|~a melody is playing{}|~people playing music{}|~a band is playing{}|~a band playing{}|~a band is playing a song|~a band playing music",
    "instrument": "*a musical instrument|instruments|musical instruments|an instrument|an instrument playing|~instruments are playing{}|~someone is playing an instrument{}|~someone is playing a musical instrument",
    "piano": "*a piano|piano|piano music|a piano melody|a pianist|keys of a piano|a piano solo|a grand piano|a pianist playing a sonata|an electric piano|a piano in a saloon|a piano in a studio|~someone plays the piano{}|~a piano is playing{}|~a pianist plays{}",
    "guitar": "*a guitar|guitar|guitar music|a guitar melody|a guitarist|strummed guitar|guitar chords|a ukulele|a twanging guitar|~someone plays the guitar{}|~a guitar is playing{}|~a guitarist plays{}",
    "acoustic guitar": "*an acoustic guitar|acoustic guitar|a classical guitar|a nylon string guitar|a plucked guitar|fingerpicked guitar|a folk guitar",
    "electric guitar": "*an electric guitar|electric guitar|a distorted guitar|an overdriven guitar|guitar riffs|a rock guitar|electric guitars",
    "bass": "*a bass|a bass guitar|bass guitar|a bass line|deep bass|a double bass|low bass notes|~someone plays the bass{}",
    "strings": "*strings|a violin|violin|a cello|a fiddle|violins|a string section|string music|bowed strings|a viola|a violinist|plucked strings|tender strings|tender strings in a love theme|a string quartet|~someone plays the violin{}|~violins are playing{}|~a cello plays{}|~a folk dance on a fiddle",
    "organ": "*an organ|organ|a church organ|organ music|a pipe organ|a hammond organ|~someone plays the organ{}|~an organ is playing{}",
    "flute": "*a flute|flute|a flute melody|a recorder|a piccolo|a whistled tune|a pan flute|flute music|a tin whistle|~someone plays the flute{}|~a flute is playing{}|~someone whistles a tune",
    "brass": "*a trumpet|brass|a trombone|a tuba|trumpets|a brass band|a french horn|brass instruments|a fanfare|thundering brass|a funny tuba|~someone plays the trumpet{}|~a trumpet is playing{}",
    "saxophone": "*a saxophone|saxophone|a sax|a clarinet|a saxophone solo|a saxophonist|a romantic saxophone|~someone plays the saxophone{}|~a saxophone is playing{}",
    "xylophone": "*a xylophone|xylophone|a music box|a glockenspiel|a marimba|a vibraphone|a celesta|a toy piano|chimes|magic chimes|sparkling bells|a music box in a nursery|~a music box is playing{}|~a xylophone running up and down|~chimes tinkle",
    "harp": "*a harp|harp|harp music|a plucked harp|a harpist|a magical harp|a harp in a fairy kingdom|~someone plays the harp{}|~a harp is playing{}",
    "accordion": "*an accordion|accordion|a harmonica|a concertina|accordion music|a lonely harmonica|~someone plays the accordion{}|~a cowboy plays a harmonica{}",
    "choir": "*a choir|choir|a choir singing|singing|singers|a singer|choral music|a choral song|opera singing|mourners singing a hymn|a hymn|a person singing|gospel singing|~a choir sings{}|~someone is singing{}|~people sing{}",
    "synthesizer": "*a synthesizer|synthesizer|synth|an electronic keyboard|synthesizers|electronic sounds|a synth lead|electronic music|swirling synthesizers|~a synthesizer is playing{}",
    "drums": "*drums|drumming|a drum|a drum kit|percussion|a drum beat|a drummer|pounding drums|drum solo|driving drums|bongos|a beat|a rhythm|~someone plays the drums{}|~drums are playing{}|~a drummer plays{}",
    "drone": "*a drone|an eerie drone|an ominous drone|an eerie, ominous drone|a dark ambient sound|creepy ambience|horror music|a scary atmosphere|~an eerie sound hangs in the air",
    "orchestra": "*an orchestra|orchestra|orchestral music|classical music|a symphony|a film score|a symphony orchestra|an orchestra in a concert hall|a dramatic orchestral score|a film soundtrack|an orchestra playing a symphony|~an orchestra is playing{}",
    "rock": "*rock music|a rock band|a rock song|rock|a rock band live on stage|punk music|guitars and drums|~a rock band is playing{}",
    "metal": "*heavy metal|heavy metal music|metal music|a metal band|aggressive heavy metal guitars|aggressive guitars|~a metal band is playing{}",
    "dance": "*dance music|electronic dance music|techno|techno music|disco music|house music|a club|a dance beat|electronic music with a beat|~dance music is playing{}|~a DJ plays dance music",
    "jazz": "*jazz|jazz music|a jazz band|swing music|a jazz club|a jazz trio|~a jazz band is playing{}",
    "folk": "*folk music|a folk song|a folk band|country music|a folk dance|a merry folk dance|country|~a folk band is playing{}",
    "rain": "*rain|raining|falling rain|a rain shower|heavy rain|rain falling|rainfall|rain drops|rain on leaves|raindrops|drizzle|a downpour|rain on a roof|~it is raining{}|~rain is falling{}|~it rains",
    "thunder": "*thunder|a thunderstorm|a thunder clap|rolling thunder|a storm|a thunderstorm with rain|lightning|~thunder rolls{}|~there is a thunderstorm|~it thunders",
    "wind": "*wind|blowing wind|howling wind|a gust of wind|strong wind|wind in the trees|a windy day|a breeze|a gale|wind rumbling into a microphone|wind howling through a ruin|~the wind is blowing{}|~the wind howls{}|~it is windy",
    "water": "*water|running water|a stream|flowing water|a river|a brook|water pouring|a tap|bubbles|bubbling water|splashing water|a river running over stones|a fountain|~water is running{}|~water flows{}|~someone pours water",
    "waves": "*waves|ocean waves|the sea|surf|waves on a shore|waves on a beach|the ocean|sea waves|a beach|~waves are breaking{}|~the sea is roaring{}",
    "fire": "*fire|a crackling fire|a campfire|a fireplace|burning wood|flames|a bonfire|crackling flames|~a fire is burning{}|~wood is burning",
    "birds": "*birds|birdsong|birds chirping|a bird|chirping birds|birds singing|a bird singing|tweeting birds|bird calls|birds singing in a forest|cheerful birds chirping on a sunny morning|birdsong in a wood at dawn|wild birds|~birds are singing{}|~a bird chirps{}|~birds are chirping{}",
    "dog": "*a dog barking|a dog|dog|barking|a barking dog|dogs|dogs barking|a bark|dog barks|~a dog barks{}|~a dog is barking{}|~dogs are barking{}",
    "insects": "*insects|crickets|cicadas|a cricket|chirping crickets|crickets chirping|grasshoppers|buzzing insects|crickets on a summer night|~crickets are chirping{}|~insects are buzzing{}",
    "owl": "*an owl|an owl hooting|hooting|owls|an owl hooting in a graveyard|~an owl hoots{}|~an owl is hooting{}",
    "cat": "*a cat|a cat meowing|meowing|cats|a meow|a kitten|~a cat meows{}|~a cat is meowing{}",
    "horse": "*a horse|horses galloping|a galloping horse|hooves|hoofbeats|a trotting horse|horses|horses galloping with cowboys|~a horse gallops{}|~horses are galloping{}",
    "animals": "*animals|an animal|animal sounds|wildlife|a pet|~animals can be heard{}|~an animal calls{}|~animals or birds are calling",
    "nature": "*nature|nature sounds|the outdoors|natural sounds|a forest|~nature can be heard{}",
    "weather": "*weather|bad weather|stormy weather|~wind, rain or water can be heard",
    "engine": "*an engine|an engine running|a motor|a car engine|an engine idling|a motorcycle|a truck|a running engine|a tractor|a lawn mower|revving|~an engine is running{}|~an engine idles{}|~a motor is running{}|~a car engine starts",
    "traffic": "*traffic|cars passing|street traffic|a busy road|a car passing by|cars|a car|a highway|road noise|~cars are passing{}|~a car drives by{}|~traffic can be heard{}",
    "train": "*a train|train|a train passing|a train on rails|a steam train|a railway|a train rattling on rails|rattling rails|a subway|a train passing through a valley|~a train is passing{}|~a train rattles{}|~a train rolls over the tracks",
    "helicopter": "*a helicopter|helicopter|a helicopter flying|rotor blades|a chopper|a helicopter attack|~a helicopter is flying{}|~a helicopter flies over",
    "drill": "*a drill|an electric drill|drilling|a chainsaw|a power tool|a saw|a vacuum cleaner|a blender|a power saw|a chainsaw cutting wood|~someone is drilling{}|~someone uses a power tool",
    "hum": "*a hum|electrical hum|mains hum|buzzing|an electric buzz|electrical hum and buzz|a humming noise|a transformer|a buzz|humming|a refrigerator|~something hums{}|~something buzzes{}",
    "factory": "*a factory|machines in a factory|heavy machinery|industrial noise|clanking machines|a workshop|~machines are working in a factory",
    "machine": "*a machine|machines|machinery|mechanical sounds|a mechanical noise|~a machine is running{}|~machines are running{}",
    "vehicle": "*a vehicle|vehicles|transport|~a vehicle passes{}|~traffic and machines can be heard",
    "siren": "*a siren|siren|sirens|a police siren|an ambulance|a fire engine siren|an emergency vehicle|a blaring siren|an air raid siren|a police car|~a siren wails{}|~a siren is heard{}|~sirens are wailing{}",
    "alarm": "*an alarm|alarm|an alarm clock|a fire alarm|a smoke detector|a buzzer|an alarm beeping|a warning signal|a burglar alarm|~an alarm is ringing{}|~an alarm sounds{}|~an alarm goes off{}",
    "phone": "*a phone ringing|a telephone|a ringing phone|a ringtone|a telephone ringing|a phone|a ringing telephone|a cell phone|an old telephone bell|~a phone rings{}|~a phone is ringing{}|~the telephone rings{}",
    "bell": "*a bell|bells|church bells|a bell ringing|a ringing bell|bell ringing|wedding bells|a hand bell|a gong|~a bell rings{}|~bells are ringing{}|~a church bell tolls{}",
    "whistle": "*a whistle|a referee's whistle|whistle blowing|a whistle blown|a referee|a police whistle|a shrill whistle|~a referee blows a whistle{}|~someone blows a whistle{}",
    "horn": "*a horn|a car horn|honking|a honking car|a ship horn|a fog horn|honking horns|a truck horn|~a car honks{}|~a driver honks the horn{}",
    "laser": "*a laser|laser beams|a laser gun|a ray gun|laser weapons|science fiction sounds|a video game|laser weapons in outer space|laser beams and alien machines|~a laser gun is fired{}|~someone shoots a laser",
    "footsteps": "*footsteps|steps|walking|a person walking|footsteps on the floor|someone walking|running feet|lone footsteps|lone footsteps echoing in a cellar|doors and footsteps|~someone is walking{}|~someone walks{}|~footsteps are heard{}",
    "typing": "*typing|typing on a keyboard|a keyboard|a computer keyboard|keyboard typing|a typewriter|a keyboard clicking|key strokes|a person typing|~someone is typing{}|~someone types on a keyboard{}",
    "knocking": "*knocking|a knock|knocking on a door|a knock on the door|a door knock|hammering|a hammer|~someone is knocking{}|~someone knocks on the door{}|~a visitor knocks",
    "creak": "*creaking|a creaking door|a creak|a squeaky door|a door creaking|a creaking floor|a creaking door in a horror film|a door creaking in an empty house|~a door creaks{}|~a door is creaking{}",
    "explosion": "*an explosion|explosions|a blast|a bomb|a detonation|a loud bang|a boom|fireworks|cannon fire|~something explodes{}|~a bomb explodes{}",
    "gunshots": "*gunshots|gunfire|a gunshot|shooting|a machine gun|shots|a gun|a rifle|explosions and gunfire|~someone fires a gun{}|~shots are fired{}",
    "applause": "*applause|clapping|hands clapping|an audience clapping|applause after a concert|a clapping crowd|a round of applause|people clapping|hand claps|~people are clapping{}|~the audience applauds{}|~a crowd applauds{}",
    "crackle": "*crackling|crackle|vinyl crackle|record crackle|a crackling record|the crackle of a record|scratches of a record|~a record crackles",
}

# Phrases for what has attributes beside loudness; by (word or none, attributes in their order).
SAID = {
    ("sweep", "rising"): "*a rising tone|*a rising sweep|*an upward sweep|a tone that rises|a rising pitch|a tone going up|a sweep upwards|~a tone rises|~the pitch rises",
    ("sweep", "falling"): "*a falling tone|*a falling sweep|*a downward sweep|a tone that falls|a falling pitch|a tone going down|a sweep downwards|~a tone falls|~the pitch falls",
    ("speech", "man"): "*a man speaking|a man talking|a male voice|a man's voice|male speech|a deep male voice|a man|a boy talking|~a man is speaking{}|~a man speaks{}|~a man is talking{}",
    ("speech", "woman"): "*a woman speaking|a woman talking|a female voice|a woman's voice|female speech|a woman|a girl talking|~a woman is speaking{}|~a woman speaks{}|~a woman is talking{}",
    ("speech", "clean"): "*a clean recording of speech|clear speech|a clear voice|a clear narrator in a studio|a studio recording of a voice|a narrator in a studio booth|a clean voice recording|a podcast made in a studio|a radio presenter in a professional studio|an actor dubbing in a studio",
    ("speech", "noisy"): "*noisy speech|speech with background noise|speech in noise|a noisy recording of a voice|loud hiss behind quiet speech|a voice with noise|a voice in noise",
    ("speech", "muffled"): "*muffled speech|a muffled voice|a dull voice|a muffled recording of speech|a voice behind a wall|a muffled voice recorded on a phone|~someone speaks behind a door",
    ("speech", "distorted"): "*distorted speech|a distorted voice|a clipped voice|a distorted recording of speech|a voice through a megaphone|an overdriven voice",
    ("speech", "echoing"): "*echoing speech|a voice with echo|speech with reverb|a voice in a large hall|a voice in a church|an echoing voice|somebody far away in an echoing room|~someone speaks in a cathedral",
    ("speech", "telephone"): "*a voice on the telephone|a telephone call|speech over the phone|a phone call|a telephone voice|a thin voice on the phone|a narrow-band telephone call|a telephone answering machine|a voice memo on a smartphone|a garbled telephone line|a caller on the telephone",
    ("speech", "old"): "*an old recording of speech|a voice on an old record|an old radio voice|a crackling recording of a voice|an old scratchy voice",
    ("music", "clean"): "*a clean recording of music|clear music|a studio recording of music|a polished production|a well-balanced recording of music|a professional music recording|a mastered album track with full dynamics|a polished pop production with deep bass|a film soundtrack in wide, clean stereo",
    ("music", "noisy"): "*noisy music|music with background noise|a noisy recording of music|music with hiss|music in noise",
    ("music", "muffled"): "*muffled music|dull music|a muffled recording of music|music behind a wall|music from next door",
    ("music", "distorted"): "*distorted music|a distorted recording of music|clipped music|overdriven music|music that is too loud for the microphone",
    ("music", "echoing"): "*echoing music|music with echo|music with reverb|music in a large hall|music in a cathedral|an echoing recording of music",
    ("music", "telephone"): "*music over the phone|music on the telephone|hold music|tinny music|music through a telephone",
    ("music", "old"): "*an old recording of music|music on an old record|a crackling gramophone record|a worn vinyl record|a shellac record|an old scratchy record|an old, warped music tape|a gramophone",
    ("", "clean"): "*a clean recording|clean|a clear recording|a professional recording|a studio recording|clean audio|clear audio|good sound quality|high quality audio|~the recording is clean|~the audio is clear",
    ("", "noisy"): "*a noisy recording|noisy|noisy audio|a recording with background noise|a cheap recording|poor audio quality|~the recording is noisy|~there is noise in the background",
    ("", "muffled"): "*a muffled recording|muffled|muffled audio|a muffled sound|dull audio|a dull recording|~the sound is muffled|~the audio is muffled",
    ("", "distorted"): "*a distorted recording|distorted|distorted audio|clipping audio|clipped audio|an overdriven recording|distortion|distorted, clipping audio from a camcorder|~the audio is distorted|~the sound is clipping",
    ("", "echoing"): "*an echo|echoing|reverb|an echoing room|a large hall|an echoing recording|reverberation|a reverberant room|a church|~the sound echoes|~there is a lot of echo",
    ("", "telephone"): "*telephone audio|a telephone recording|telephone quality|narrow-band audio|a thin telephone sound|a tinny sound|a thin, tinny smartphone video|~it sounds like a telephone",
    ("", "old"): "*an old recording|an old record|a scratchy old tape|a scratchy, crackling old tape|a vinyl record|a gramophone record|an old film|a record from the 1920s|~it sounds like an old record",
    ("drums", "fast"): "*fast drums|fast drumming|pounding drums, faster and faster|rapid drums",
    ("piano", "sad slow"): "*a sad, slow piano melody|a slow sad piano|a sad, slow piano|a mournful slow piano",
    ("music", "sad slow"): "*sad, slow music|slow, sad music|a slow sad song|a slow, mournful tune|a slow lament",
    ("music", "happy fast"): "*happy, fast music|fast, happy music|a fast happy song|a quick, merry tune|a lively dance tune",
}
# Around a name.
MOODS = {
    "fast": ["fast", "fast", "quick", "rapid", "lively", "fast-paced", "upbeat"], "slow": ["slow", "slow", "slow", "calm", "gentle"],
    "happy": ["happy", "happy", "happy", "cheerful", "merry", "joyful", "jolly"], "sad": ["sad", "sad", "sad", "mournful", "sombre", "sorrowful", "melancholic"],
}
JOINTS = ["{} and {}", "{} and {}", "{} with {}", "{} over {}", "{} with {} in the background", "{} together with {}", "{} in front of {}", "both {} and {}", "{}, with {}"]
LOUDNESS = {"quiet": ["quiet"] * 5 + ["soft", "soft", "faint", "faint", "very quiet", "very soft"], "loud": ["loud"] * 6 + ["very loud", "really loud", "extremely loud"]}
HOW = {"quiet": ["quietly", "quietly", "softly", "very quietly", "faintly"], "loud": ["loudly", "loudly", "very loudly", "loud"]}
SOUND = ["sound", "sound", "sounds", "audio", "recording", "signal"]
PITCHES = {"low": ["low", "low", "low", "deep", "low pitched", "low-pitched", "low frequency"], "high": ["high", "high", "high", "high pitched", "high-pitched", "high frequency", "shrill"]}
PITCHED = ["tone", "tone", "tone", "beep", "sine wave", "note", "steady tone", "sine tone", "tones", "pitch"]
# Around a phrase that names a sound.
OPENINGS = ["a sound of {}", "the sound of {}", "sound of {}", "sounds of {}", "this is {}", "this is the sound of {}", "there is {}", "i hear {}", "i can hear {}",
            "you can hear {}", "we hear {}", "{} can be heard", "{} is heard", "a recording of {}", "an audio recording of {}", "recording of {}", "audio of {}", "{} in the background",
            "only {}", "just {}", "the audio is {}", "an audio clip of {}", "a video with {}"]
TEMPLATE = "This is a sound of {}."
