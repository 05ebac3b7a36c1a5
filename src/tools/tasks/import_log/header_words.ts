import { searchKey } from '../../../text/compare.ts';

/** Headers that reveal the role of a column, without their unit: English, German, French, Spanish, Italian, Portuguese, Dutch. */
const HEADERS = {
  file: [
    ...['file', 'file name', 'filename', 'file path', 'path', 'clip', 'clip name', 'title', 'asset', 'source file'],
    ...['datei', 'dateiname', 'dateipfad', 'clipname', 'titel'],
    ...['fichier', 'nom du fichier', 'nom de fichier', 'nom du clip', 'titre'],
    ...['archivo', 'fichero', 'nombre de archivo', 'nombre del archivo', 'nombre del clip', 'título'],
    ...['nome file', 'nome del file', 'nome clip', 'nome del clip', 'titolo'],
    ...['arquivo', 'ficheiro', 'nome do arquivo', 'nome do ficheiro', 'nome do clipe'],
    ...['bestand', 'bestandsnaam', 'clipnaam'],
  ],
  in: [
    ...['in', 'start', 'start time', 'from', 'in point', 'mark in', 'timecode', 'tc', 'time'],
    ...['anfang', 'beginn', 'ein', 'einstieg', 'von', 'startzeit', 'in punkt', 'zeit', 'zeitcode'],
    ...['début', 'entrée', "point d'entrée", 'temps', 'code temporel'],
    ...['inicio', 'entrada', 'desde', 'punto de entrada', 'tiempo', 'código de tiempo'],
    ...['inizio', 'ingresso', 'punto di ingresso', 'tempo', 'codice temporale'],
    ...['início', 'ponto de entrada', 'código de tempo'],
    ...['begin', 'begintijd', 'starttijd', 'van', 'tijd', 'tijdcode'],
  ],
  out: [
    ...['out', 'end', 'end time', 'to', 'out point', 'mark out'],
    ...['ende', 'aus', 'ausstieg', 'bis', 'endzeit', 'out punkt'],
    ...['fin', 'sortie', 'point de sortie'],
    ...['final', 'salida', 'hasta', 'punto de salida'],
    ...['fine', 'uscita', 'punto di uscita'],
    ...['fim', 'saída', 'até', 'ponto de saída'],
    ...['eind', 'einde', 'eindtijd', 'tot', 'uit'],
  ],
  duration: [
    ...['duration', 'dur', 'length'],
    ...['dauer', 'länge', 'durée', 'longueur', 'duración', 'durata', 'lunghezza', 'duração', 'duur', 'lengte'],
  ],
  text: [
    ...['text', 'note', 'notes', 'comment', 'comments', 'remark', 'remarks', 'description of shot'],
    ...['kommentar', 'kommentare', 'notiz', 'notizen', 'bemerkung', 'bemerkungen', 'anmerkung', 'anmerkungen'],
    ...['commentaire', 'commentaires', 'remarque', 'remarques', 'texte'],
    ...['comentario', 'comentarios', 'nota', 'notas', 'observaciones', 'texto'],
    ...['commento', 'commenti', 'osservazioni', 'testo'],
    ...['comentário', 'comentários', 'observação', 'observações'],
    ...['opmerking', 'opmerkingen', 'commentaar', 'notitie', 'notities', 'tekst'],
  ],
} as const;

export type Role = keyof typeof HEADERS;
export const ROLES = Object.keys(HEADERS) as readonly Role[];

/** The role of each header: people leave out accents. */
const roles = new Map(ROLES.flatMap((role) => HEADERS[role].map((name) => [searchKey(name), role] as const)));

/** `TC In`, `Ende Timecode`: a time is called so as well. */
const TIMECODE = /^(?:tc|timecode) | (?:tc|timecode)$/;

/** The role that a header reveals whose unit was taken off. */
export function roleOfName(name: string): Role | undefined {
  const key = searchKey(name);
  const known = roles.get(key);
  if (known !== undefined || !TIMECODE.test(key)) return known;
  const place = roles.get(key.replace(TIMECODE, ''));
  return place === 'file' || place === 'text' ? undefined : place;
}

/** Units of plain numbers in a column of times. */
export type Unit = 'ms' | 's' | 'min' | 'h' | 'frames';

const UNITS: Readonly<Record<Unit, readonly string[]>> = {
  ms: [
    'ms',
    'msec',
    'msecs',
    'millis',
    'millisecond',
    'milliseconds',
    'millisekunden',
    'millisecondes',
    'milisegundos',
  ],
  s: [
    ...['s', 'sec', 'secs', 'second', 'seconds', 'sek', 'sekunde', 'sekunden', 'seconde', 'secondes', 'seg', 'segs'],
    ...['segundo', 'segundos', 'secondo', 'secondi', 'seconden'],
  ],
  min: [...['min', 'mins', 'minute', 'minutes', 'minuten', 'minuto', 'minutos', 'minuti', 'minuut']],
  h: ['h', 'hr', 'hrs', 'hour', 'hours', 'std', 'stunde', 'stunden', 'heure', 'heures', 'hora', 'horas', 'ore', 'uur'],
  frames: ['frames', 'frame', 'fr', 'f', 'bilder', 'einzelbilder', 'images', 'fotogramas', 'fotogrammi', 'quadros'],
};
const units = new Map(Object.entries(UNITS).flatMap(([unit, names]) => names.map((name) => [name, unit as Unit])));

/** The unit that a word of a header means. */
export const unitOfWord = (word: string): Unit | undefined => units.get(word.trim().replace(/\.$/, ''));
