import type { Turn } from '../build/speech.ts';

const dialogue = (text: string): Turn[] =>
  text
    .trim()
    .split('\n')
    .map((line): Turn => [line.startsWith('Q') ? 0 : 1, line.slice(3).trim()]);

/** The interview as spoken: Q asks, A is Jordan Reyes. */
export const english = dialogue(`
Q: We are at the Santo Amaro dock, it is eight in the morning. Jordan, thank you for getting up so early.
A: I am always up at this hour. When you grow up in a harbour, the boats wake you long before any alarm does.
Q: Tell me about that harbour. What is the first thing you remember?
A: The smell of diesel and salt. And my grandfather shouting the names of the boats as they came round the breakwater.
A: He could tell every boat by the sound of its engine. I could tell every boat by who owed him money.
Q: And football? When did that start?
A: On the quay. We played between the bollards, two against two, and if the ball went into the water you had to swim.
A: That is where I learned to keep the ball on the ground. It was not a philosophy, the water was simply cold.
Q: Your coaches have called you the calmest player in the league. Are you calm?
A: No. I am a worried person who moves slowly. From the stand it looks the same.
Q: Let us talk about the winter of the storms. Your family house was damaged.
A: Twice in three weeks. The first storm took the roof of the boat shed. The second one took the boat shed.
A: My mother rang me after the match and said, do not come home, there is no road to come home on.
Q: Did you think about the climate before that night?
A: I thought about it the way you think about a team in another league. You read the results, but you do not play them.
A: Now climate is not a word from the news for me. It is my mother carrying photographs up the stairs.
Q: You have given part of your salary to the sea wall fund. Why the wall and not, say, a football school?
A: Because a football school behind a broken wall is a swimming school.
Q: That will be the quote of the day.
A: Then please write that the engineers said it first. I only said it louder.
Q: What do the fishermen say when you talk to them about climate change?
A: They do not use those words. They say the sardines come in the wrong month and the wind has forgotten the calendar.
A: If you listen to them for an hour you hear the whole climate report, only with better jokes.
Q: Is there anger?
A: There is tiredness. Anger needs somebody across the table, and the sea does not sit down with you.
Q: Back to the season. Matchday twelve, Northgate, you score twice. What changed at half time?
A: Nothing. People always want a speech. The coach told us the bus would leave at ten, and that was all.
A: But Milo moved five metres to the left, and suddenly I had a corridor. That is the entire secret of the second goal.
Q: Five metres.
A: Football is a game of five metres and ninety minutes. Everything else is for the newspapers.
Q: You are the captain now. Does the armband weigh anything?
A: It weighs what the youngest player in the room weighs. If he has a bad week, I have a bad week.
Q: What do you say to a young player after a mistake?
A: I ask him what he will eat tonight. A mistake is over in three seconds, the fear of the next one can take a year.
Q: That sounds like something somebody once did for you.
A: Our old kit man, Anselmo. I missed a penalty in the cup, and he asked me to help him fold forty shirts.
A: By shirt number thirty I had stopped shaking. He never mentioned the penalty, not once, until he retired.
Q: Will you stay in Lisbon?
A: I have a contract and I like the light here. After that I would like to go back to a smaller harbour.
Q: As a coach?
A: As the man who opens the gate. Every club has one, and he knows more than the coach.
Q: You said once that a team is like a crew. Do you still think so?
A: More than before. On a boat nobody asks who is the star, they ask who has seen the weather.
A: And on a boat you cannot substitute the one who is seasick. You have to sail with him.
Q: The club has promised to be climate neutral by twenty thirty. Do you believe it?
A: I believe in things I can count. We used to fly to matches two hours away, and now we take the train. That I can count.
A: If they put solar panels on the stand and still send the reserves by plane, I will be the one who asks.
Q: Are players allowed to ask such questions?
A: Allowed, I do not know. But they pay me to run towards places where it is uncomfortable.
Q: Some supporters write that you should stick to football.
A: I do stick to football. We had three home matches postponed because of flooding. Tell me how that is not football.
Q: What would you like people to remember from this year?
A: The evening after the second storm. Four hundred people stood in a line and passed sandbags, in the shirts of both clubs.
A: Northgate shirts, Harbour City shirts, hand to hand, until two in the morning. Nobody filmed it. It was the best match of the season.
Q: Somebody should have filmed it.
A: Perhaps not. Some things are better as a story, every year the line gets a little longer.
Q: Last question. What do you hear when you close your eyes here?
A: Ropes against the masts. It means the wind is turning to the west, and that we should both go and have breakfast.
Q: Jordan Reyes, thank you.
A: Thank you. And please leave the part about the debts of the fishermen out, they all have my phone number.
`);

/** The Portuguese part, after the interview proper. */
export const portuguese = dialogue(`
Q: Jordan, duas perguntas para os nossos ouvintes em Portugal. O que significa este porto para si?
A: É a minha casa. O meu avô saía daqui às quatro da manhã e voltava com o peixe e com as histórias.
A: O peixe vendia-se logo. As histórias ainda hoje as contamos à mesa.
Q: A tempestade de novembro mudou a sua maneira de ver o clima?
A: Mudou tudo. Antes o clima era uma notícia, agora é a parede da cozinha da minha mãe com água até à janela.
A: Mas também vi os adeptos dos dois clubes lado a lado, com sacos de areia nas mãos.
Q: E o campeonato? Ainda é possível?
A: Enquanto houver jogos, é possível. O mar ensina-nos a não contar o peixe antes de recolher a rede.
Q: Obrigado, Jordan.
A: Obrigado eu. E um abraço a todos os que estão no mar a esta hora.
`);

/** A press conference before a home match. */
export const conference = dialogue(`
Q: Boa tarde. Mister, como está a equipa antes do jogo de domingo?
A: Está bem. Treinámos três dias com chuva e ninguém se queixou, o que já é uma vitória.
Q: O Harbour City ganhou os últimos quatro jogos. Tem medo do Reyes?
A: Medo não, respeito. Ele precisa de cinco metros, e nós vamos tentar dar-lhe só quatro.
Q: Há lesionados?
A: O Ivo não joga. O resto decide-se amanhã, depois do treino.
`);

/** A radio report by one speaker. */
export const radio = dialogue(`
A: For fifty years it was the first voice of the morning. Two long notes, one short, and the whole town knew there was fog.
A: The keepers called it the cow. They fed it with diesel, and on bad nights it ate sixty litres.
A: In nineteen ninety one the horn fell silent. Ships had radar, and the new hotel had guests.
A: Today it sounds once a year, on the night of the storm, for those who did not come back.
`);
